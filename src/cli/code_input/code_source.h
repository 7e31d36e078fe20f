/* SPDX-License-Identifier: Apache-2.0 */
/* Where codes come from: operands, and the lines of standard input. */
#ifndef CODE_SOURCE_H
#define CODE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "options/operands.h"

struct code_source {
    const char *const *operands;
    int count;
    int next;
    bool in_lines; /* standard input is being read */
    char *line;
    size_t room;
};

/* What may be a code. */
struct code_text {
    const char *bytes; /* NUL-terminated, valid until the next one is asked for */
    size_t size;
    int failure; /* why standard input could not be read (failure.h); `bytes` is "-" then */
};

/* No operand, or `-`, is standard input. */
struct code_source code_source_make(const struct operands *operands);

/* The next operand, or the next line that is not blank. False at the end. */
bool code_source_next(struct code_source *source, struct code_text *text);

/* Whether the next text may be long in coming, so that what is ready should be printed first. */
bool code_source_waits(const struct code_source *source);

void code_source_free(struct code_source *source);

#endif
