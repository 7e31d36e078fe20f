/* SPDX-License-Identifier: Apache-2.0 */
/* Reads texts from operands and lines. */
#include "code_input/code_source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/standard_input.h"

struct code_source code_source_make(const struct operands *operands)
{
    return (struct code_source){
        .operands = operands->arguments, .count = operands->count, .in_lines = operands->count == 0};
}

static bool is_blank(const char *line, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (line[i] == '\0' || strchr(" \t\r\n", line[i]) == NULL)
            return false;
    return true;
}

/* Reads the next line of standard input that is not blank, without its newline. Returns false at the end. */
static bool next_line(struct code_source *source, struct code_text *text)
{
    standard_input_announce();
    for (;;) {
        errno = 0;
        ssize_t size = getline(&source->line, &source->capacity, stdin);
        if (size < 0) {
            source->in_lines = false;
            if (feof(stdin) && !ferror(stdin))
                return false;
            *text = (struct code_text){.bytes = "-", .size = 1, .failure = errno};
            return true;
        }
        if (is_blank(source->line, (size_t)size))
            continue;
        if (source->line[size - 1] == '\n')
            source->line[--size] = '\0';
        *text = (struct code_text){.bytes = source->line, .size = (size_t)size};
        return true;
    }
}

bool code_source_next(struct code_source *source, struct code_text *text)
{
    for (;;) {
        if (source->in_lines && next_line(source, text))
            return true;
        if (source->next == source->count)
            return false;
        const char *operand = source->operands[source->next++];
        source->in_lines = strcmp(operand, "-") == 0;
        if (!source->in_lines) {
            *text = (struct code_text){.bytes = operand, .size = strlen(operand)};
            return true;
        }
    }
}

bool code_source_waits(const struct code_source *source)
{
    struct stat status;

    return source->in_lines && (fstat(STDIN_FILENO, &status) != 0 || !S_ISREG(status.st_mode));
}

void code_source_free(struct code_source *source)
{
    free(source->line);
    source->line = NULL;
}
