/* SPDX-License-Identifier: Apache-2.0 */
/* Reads codes from operands and from the lines of standard input. */
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
    size_t capacity; /* of `line` */
};

/* A text that may be a code. */
struct code_text {
    const char *bytes; /* NUL-terminated, valid until the next call */
    size_t size;
    int failure; /* why standard input could not be read (failure.h), in which case `bytes` is "-"; or 0 */
};

/* With no operand, or for `-`, reads standard input. */
struct code_source code_source_make(const struct operands *operands);

/* Gets the next operand, or the next line that is not blank. Returns false at the end. */
bool code_source_next(struct code_source *source, struct code_text *text);

/* Whether reading the next text may block, so that the caller should flush its output first. */
bool code_source_waits(const struct code_source *source);

void code_source_free(struct code_source *source);

#endif
