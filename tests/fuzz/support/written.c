/* SPDX-License-Identifier: Apache-2.0 */
/* The program's writer on top of memory. */
#include "written.h"

#include <string.h>

#include "fuzz.h"

/* The structure is opaque to the program. */
struct output {
    char *bytes;
    size_t size;
    size_t room;
    char terminator;
};

static struct output written;

/* Names that --wrap requires. */
void __wrap_output_write(struct output *output, const char *bytes, size_t size);
void __wrap_output_string(struct output *output, const char *text);
void __wrap_output_end_line(struct output *output);

void __wrap_output_write(struct output *output, const char *bytes, size_t size)
{
    if (output->size + size + 1 > output->room) {
        output->room = 2 * (output->size + size + 1);
        output->bytes = fuzz_grow(output->bytes, output->room);
    }
    memcpy(output->bytes + output->size, bytes, size);
    output->size += size;
    output->bytes[output->size] = '\0';
}

void __wrap_output_string(struct output *output, const char *text)
{
    __wrap_output_write(output, text, strlen(text));
}

void __wrap_output_end_line(struct output *output)
{
    __wrap_output_write(output, &output->terminator, 1);
}

struct output *written_start(char terminator)
{
    written.terminator = terminator;
    written.size = 0;
    __wrap_output_write(&written, "", 0);
    return &written;
}

char *written_bytes(size_t *size)
{
    *size = written.size;
    return written.bytes;
}
