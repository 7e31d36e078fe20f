/* SPDX-License-Identifier: Apache-2.0 */
/* Inputs as lines of text. */
#include "corpus.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "fuzz.h"

static const char digits[] = "0123456789abcdef";

void corpus_write(FILE *file, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const bool is_last = i + 1 == size;
        if (bytes[i] == '\\')
            fputs("\\\\", file);
        else if (bytes[i] > ' ' && bytes[i] <= '~')
            putc(bytes[i], file);
        else if (bytes[i] == ' ' && !is_last)
            putc(' ', file);
        else
            fprintf(file, "\\x%02x", bytes[i]);
    }
    putc('\n', file);
}

static uint8_t digit(char character)
{
    const char *found = character == '\0' ? NULL : strchr(digits, character);
    REQUIRE(found != NULL);
    return (uint8_t)(found - digits);
}

/* Reads the escape at `at` and returns the position after it. */
static const char *unescape(const char *at, uint8_t *byte)
{
    if (at[1] == '\\') {
        *byte = '\\';
        return at + 2;
    }
    REQUIRE(at[1] == 'x');
    const uint8_t high = digit(at[2]);
    *byte = (uint8_t)(high << 4 | digit(at[3]));
    return at + 4;
}

bool corpus_read(FILE *file, uint8_t **bytes, size_t *room, size_t *size)
{
    char *line = NULL;
    size_t line_room = 0;
    const ssize_t length = getline(&line, &line_room, file);

    *size = 0;
    if (length > 0 && (size_t)length > *room) {
        *bytes = fuzz_grow(*bytes, (size_t)length);
        *room = (size_t)length;
    }
    for (const char *at = line; length > 0 && *at != '\n' && *at != '\0';) {
        if (*at == '\\')
            at = unescape(at, *bytes + *size);
        else
            (*bytes)[*size] = (uint8_t)*at++;
        ++*size;
    }
    free(line);
    return length > 0;
}
