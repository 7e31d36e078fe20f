/* SPDX-License-Identifier: Apache-2.0 */
/* Shared parts of the fuzz targets. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fuzz_target *fuzz_targets;

void fuzz_fail(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: required: %s\n", file, line, condition);
    fflush(NULL);
    abort();
}

uint8_t fuzz_byte(struct fuzz_input *input)
{
    if (input->size == 0)
        return 0;
    input->size--;
    return *input->bytes++;
}

uint16_t fuzz_number(struct fuzz_input *input)
{
    const unsigned high = fuzz_byte(input);
    return (uint16_t)(high << 8 | fuzz_byte(input));
}

void *fuzz_grow(void *memory, size_t size)
{
    void *grown = realloc(memory, size);
    REQUIRE(grown != NULL);
    return grown;
}

char *fuzz_text(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_grow(NULL, size + 1);
    if (size > 0)
        memcpy(text, bytes, size);
    text[size] = '\0';
    return text;
}

char *fuzz_part(struct fuzz_input *input, uint8_t separator, size_t *size)
{
    const uint8_t *end = input->size == 0 ? NULL : memchr(input->bytes, separator, input->size);
    const size_t part = end == NULL ? input->size : (size_t)(end - input->bytes);
    char *text = fuzz_text(input->bytes, part);

    input->bytes += part + (end != NULL);
    input->size -= part + (end != NULL);
    if (size != NULL)
        *size = part;
    return text;
}
