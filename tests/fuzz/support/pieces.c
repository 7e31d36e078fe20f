/* SPDX-License-Identifier: Apache-2.0 */
/* A read() that can read from memory. */
#include "pieces.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

static struct {
    const uint8_t *bytes;
    size_t size;
    size_t most;
} pieces;

static int descriptor_of_pieces = -1;

int pieces_open(const void *bytes, size_t size, size_t most)
{
    if (descriptor_of_pieces < 0)
        descriptor_of_pieces = open("/dev/null", O_RDONLY);
    REQUIRE(descriptor_of_pieces >= 0);
    pieces.bytes = bytes;
    pieces.size = size;
    pieces.most = most;
    return descriptor_of_pieces;
}

/* Names that --wrap requires. */
ssize_t __real_read(int descriptor, void *buffer, size_t size);
ssize_t __wrap_read(int descriptor, void *buffer, size_t size);

ssize_t __wrap_read(int descriptor, void *buffer, size_t size)
{
    if (descriptor != descriptor_of_pieces)
        return __real_read(descriptor, buffer, size);
    size = size < pieces.most ? size : pieces.most;
    size = size < pieces.size ? size : pieces.size;
    if (size > 0)
        memcpy(buffer, pieces.bytes, size);
    pieces.bytes += size;
    pieces.size -= size;
    return (ssize_t)size;
}
