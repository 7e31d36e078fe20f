/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the holes of sparse files, if the system reports them. */
#ifndef HOLES_H
#define HOLES_H

#include <stdbool.h>
#include <sys/stat.h>

/* A part of a file that ends at offset `end`. A hole reads as zeros; data extents may contain holes too. */
struct extent {
    off_t end;
    bool is_hole;
};

/* Whether a file is worth checking for holes: it is not small and has fewer blocks than its size requires. */
bool holes_are_likely(const struct stat *status);

/* Finds the extent at offset `at` of a file of `size` bytes; `at` must be less than `size`. Leaves the descriptor's
 * offset at the start of the extent, or at its end if it is a hole. If the system cannot tell, reports all as data.
 * Returns 0 or an errno value. */
int holes_find(int descriptor, off_t at, off_t size, struct extent *extent);

#endif
