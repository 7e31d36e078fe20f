/* SPDX-License-Identifier: Apache-2.0 */
/* Which parts of a sparse file are holes, as far as the system tells. */
#ifndef HOLES_H
#define HOLES_H

#include <stdbool.h>
#include <sys/stat.h>

/* A part of a file up to `end`. A hole's bytes are all zero; among data there may be holes as well. */
struct extent {
    off_t end;
    bool is_hole;
};

/* Whether it is worth while to ask for holes: a file that has fewer blocks than bytes, and is not small. */
bool holes_are_likely(const struct stat *status);

/*
 * Finds what begins at offset `at` of a file of `size` bytes, which is behind it. The descriptor's offset is `at` then,
 * or the end of the hole. Where the system does not tell, all is data. Returns an errno value.
 */
int holes_find(int descriptor, off_t at, off_t size, struct extent *extent);

#endif
