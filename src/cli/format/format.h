/* SPDX-License-Identifier: Apache-2.0 */
/* The output format, and the options that choose it. */
#ifndef FORMAT_H
#define FORMAT_H

#include <stdbool.h>

#include "options/command.h"

struct format {
    bool json;
    bool tag;
    bool units;
    bool text; /* with the Text-Codes of files that are text, and in JSON their ISCC-CODEs of ISO 24138 */
    bool stat; /* JSON only: with the times of files */
    bool zero; /* lines end with NUL, and names are not escaped */
};

/* Rows of the option tables of commands that list files; `format` is a member of `settings`. */
#define OPTIONS_FORMAT(settings, format)                                                                               \
    {0, "json", NULL, "print JSON Lines: one object for each file", SETS_FLAG(settings, format.json)},                 \
    {                                                                                                                  \
        'z', "zero", NULL, "end each line with NUL, not newline, and do not escape file names",                        \
            SETS_FLAG(settings, format.zero)                                                                           \
    }

/* The byte that ends a line. */
char format_terminator(const struct format *format);

/* Whether lines have room for a Text-Code: text lines only among the units. */
bool format_shows_text(const struct format *format);

#endif
