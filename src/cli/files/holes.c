/* SPDX-License-Identifier: Apache-2.0 */
/* Asks the system for holes by SEEK_DATA and SEEK_HOLE (POSIX.1-2024; glibc has them as an extension). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "files/holes.h"

#include <errno.h>
#include <unistd.h>

/* From here on; smaller files are read in less time than it takes to ask. Data is taken to be as long at least, so that
 * a file of many small holes costs three questions a MiB at most. */
#define EXTENT_MIN ((off_t)1024 * 1024)

/* POSIX leaves the unit of st_blocks open; it is this one wherever holes can be asked for. */
#define BLOCK_BYTES 512

bool holes_are_likely(const struct stat *status)
{
    return S_ISREG(status->st_mode) && status->st_size >= EXTENT_MIN &&
           status->st_blocks < status->st_size / BLOCK_BYTES;
}

#if defined SEEK_DATA && defined SEEK_HOLE

static off_t later(off_t a, off_t b)
{
    return a > b ? a : b;
}

int holes_find(int descriptor, off_t at, off_t size, struct extent *extent)
{
    off_t data = lseek(descriptor, at, SEEK_DATA);
    /* ENXIO: there is none behind. Other errors tell of a file system that cannot answer. */
    if (data < 0)
        data = errno == ENXIO ? size : at;
    extent->is_hole = data > at;
    if (extent->is_hole) {
        extent->end = data < size ? data : size;
        at = extent->end;
    } else {
        const off_t hole = lseek(descriptor, at, SEEK_HOLE);
        extent->end = hole < 0 ? size : later(hole, size - at > EXTENT_MIN ? at + EXTENT_MIN : size);
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
