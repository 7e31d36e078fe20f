/* SPDX-License-Identifier: Apache-2.0 */
/* Finds holes with SEEK_DATA and SEEK_HOLE (POSIX.1-2024; an extension in glibc). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "files/holes.h"

#include <errno.h>
#include <unistd.h>

/* The minimum file size worth checking for holes; smaller files take less time to read than to check. Also the minimum
 * length of a data extent, so that a file of many small holes costs at most three system calls per MiB. */
#define EXTENT_MIN ((off_t)1024 * 1024)

/* POSIX leaves the unit of st_blocks open, but it is 512 bytes on every system that supports SEEK_HOLE. */
#define BLOCK_BYTES 512

bool holes_are_likely(const struct stat *status)
{
    return S_ISREG(status->st_mode) && status->st_size >= EXTENT_MIN &&
           status->st_blocks < status->st_size / BLOCK_BYTES;
}

#if defined SEEK_DATA && defined SEEK_HOLE

static off_t max_offset(off_t a, off_t b)
{
    return a > b ? a : b;
}

int holes_find(int descriptor, off_t at, off_t size, struct extent *extent)
{
    off_t data = lseek(descriptor, at, SEEK_DATA);
    /* ENXIO: there is no data after `at`. Other errors mean that the file system does not support the request. */
    if (data < 0)
        data = errno == ENXIO ? size : at;
    extent->is_hole = data > at;
    if (extent->is_hole) {
        extent->end = data < size ? data : size;
        at = extent->end;
    } else {
        const off_t hole = lseek(descriptor, at, SEEK_HOLE);
        extent->end = hole < 0 ? size : max_offset(hole, size - at > EXTENT_MIN ? at + EXTENT_MIN : size);
    }
    return lseek(descriptor, at, SEEK_SET) == at ? 0 : errno;
}

#else

int holes_find(int descriptor, off_t at, off_t size, struct extent *extent)
{
    (void)descriptor;
    (void)at;
    *extent = (struct extent){.end = size};
    return 0;
}

#endif
