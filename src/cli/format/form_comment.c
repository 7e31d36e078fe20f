/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the form of a list as a command, and reads it. */
#include "format/form_comment.h"

#include <iscc/iscc.h>
#include <string.h>

static const char command[] = FORM_COMMENT;

/* The options, in the order in which they are written. */
enum { OPTION_JSON, OPTION_STAT, OPTION_TAG, OPTION_UNITS, OPTION_TEXT, OPTION_NARROW, OPTION_ZERO, OPTIONS };

static const char *const words[OPTIONS] = {" --json", " --stat", " --tag", " --units", " --text", " --narrow", " -z"};

void form_comment_write(struct output *output, const struct format *format, unsigned flags)
{
    const bool given[OPTIONS] = {format->json, format->stat,         format->tag, format->units,
                                 format->text, flags == ISCC_NARROW, format->zero};

    output_string(output, command);
    for (size_t i = 0; i < OPTIONS; i++)
        if (given[i])
            output_string(output, words[i]);
    output_end_line(output);
}

bool form_comment_has_other_end(const char *text, size_t size)
{
    return strncmp(text, command, sizeof command - 1) == 0 &&
           (memchr(text, '\0', size) != NULL || memchr(text, '\n', size) != NULL);
}

bool form_comment_read(const char *text, size_t size, struct format *format, unsigned *flags)
{
    bool given[OPTIONS] = {false};
    const char *rest = text + sizeof command - 1;

    if (strlen(text) != size || strncmp(text, command, sizeof command - 1) != 0)
        return false;
    for (size_t i = 0; i < OPTIONS; i++) {
        given[i] = strncmp(rest, words[i], strlen(words[i])) == 0;
        rest += given[i] ? strlen(words[i]) : 0;
    }
    if (*rest != '\0' || given[OPTION_ZERO] != format->zero)
        return false;
    format->json = given[OPTION_JSON];
    format->stat = given[OPTION_STAT];
    format->tag = given[OPTION_TAG];
    format->units = given[OPTION_UNITS];
    format->text = given[OPTION_TEXT];
    *flags = given[OPTION_NARROW] ? ISCC_NARROW : ISCC_WIDE;
    return true;
}
