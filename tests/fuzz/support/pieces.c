/* SPDX-License-Identifier: Apache-2.0 */
/* A read() that can come from memory. */
#include "pieces.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

static struct {
    const uint8_t *bytes;
    size_t size;
    size_t most;
} pieces;

void pieces_set(const void *bytes, size_t size, size_t most)
{
    pieces.bytes = bytes;
    pieces.size = size;
    pieces.most = most;
}

/* The linker's names. */
ssize_t __real_read(int descriptor, void *buffer, size_t size);
ssize_t __wrap_read(int descriptor, void *buffer, size_t size);

ssize_t __wrap_read(int descriptor, void *buffer, size_t size)
{
    if (descriptor != PIECES_DESCRIPTOR)
        return __real_read(descriptor, buffer, size);
    size = size < pieces.most ? size : pieces.most;
    size = size < pieces.size ? size : pieces.size;
    if (size > 0)
        memcpy(buffer, pieces.bytes, size);
    pieces.bytes += size;
    pieces.size -= size;
    return (ssize_t)size;
}
