/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are near to one another: which bits are compared, which files stand together, which are nearest to one. */
#ifndef GROUPING_H
#define GROUPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/catalogue.h"
#include "similar/groups.h"

/* A file as seen from another one; both are numbers in the catalogue. */
struct neighbour {
    uint32_t reference;
    uint32_t distance; /* of the Data-Codes, in bits */
    uint32_t file;
};

/* The bits of the Data-Codes that are compared: all have as many, so that all distances are of one kind. It is 128, or
 * 64 where `narrow`, or as few as one file of the catalogue has. */
unsigned grouping_bits(const struct catalogue *catalogue, bool narrow);

/*
 * Groups the files by a task whose `digests` and `count` are not looked at. Each file is there once, in its group, and
 * the groups in the order of their references; in a group the reference comes first, as its own neighbour, and then the
 * others by distance, then in the order of the catalogue. To be freed; NULL after a message.
 */
struct neighbour *grouping_make(const struct catalogue *catalogue, const struct groups_task *task);

/* How many of `count` neighbours are in the group of the first one. */
size_t grouping_size(const struct neighbour *first, size_t count);

/* The files but number 0 that are within the threshold of it: first those with its content, then by distance, then in
 * the order of the catalogue, at most `limit` of them. To be freed; NULL after a message. */
struct neighbour *grouping_nearest(const struct catalogue *catalogue, unsigned bits, unsigned threshold, size_t limit,
                                   size_t *count);

/* Whether a neighbour has the content of its reference, not only a Data-Code that is near. */
bool neighbour_is_identical(const struct catalogue *catalogue, const struct neighbour *neighbour);

#endif
