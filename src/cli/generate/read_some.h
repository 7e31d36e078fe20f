/* SPDX-License-Identifier: Apache-2.0 */
/* Reads from a descriptor. */
#ifndef READ_SOME_H
#define READ_SOME_H

#include <errno.h>
#include <unistd.h>

/* Reads once. Returns 0 at the end, -1 with errno on failure. */
static inline ssize_t read_some(int descriptor, void *buffer, size_t size)
{
    ssize_t part;

    do
        part = read(descriptor, buffer, size);
    while (part < 0 && errno == EINTR);
    return part;
}

#endif
