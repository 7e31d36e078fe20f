/* SPDX-License-Identifier: Apache-2.0 */
/* A command as a shell would read it: those options that decide what is printed, and operands. */
#ifndef COMMAND_TEXT_H
#define COMMAND_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "options/operands.h"

struct option_spec;

/* Initialize to zeros. */
struct command_text {
    char *text; /* ASCII, without control characters; NULL as long as nothing was added */
    size_t size;
    size_t capacity;
    bool has_failed; /* memory was short */
};

void command_text_word(struct command_text *text, const char *word);

/* Adds an option as it was given, with its long name; nothing if it does not change what is printed. */
void command_text_option(struct command_text *text, const struct option_spec *option, const char *value);

void command_text_operands(struct command_text *text, const struct operands *operands);

void command_text_free(struct command_text *text);

#endif
