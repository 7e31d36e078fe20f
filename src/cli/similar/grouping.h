/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are near one another: how many bits to compare, and groups of near files. */
#ifndef GROUPING_H
#define GROUPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/catalogue.h"
#include "similar/groups.h"

/* A file and its distance from another one. Files are indices into the catalogue. */
struct neighbour {
    uint32_t reference;
    uint32_t distance; /* of the units that are compared, in bits */
    uint32_t file;
    uint32_t original;  /* the first file of the group with the same content */
    uint32_t same_file; /* the first name in the group of the same file */
};

/* How many bits of the units to compare, the same for all files so that distances can be compared: 128, or 64 if
 * `narrow`, or fewer if some file has no more. */
unsigned grouping_bits(const struct catalogue *catalogue, enum near_by by, bool narrow);

/*
 * Groups the files by one of their units; the task's `digests` and `count` are ignored. Returns one neighbour for each
 * file, sorted by reference. Within a group the reference comes first, as its own neighbour, then the others by
 * distance and then in the order of the catalogue, but copies follow their original, and other names of a file follow
 * the first. The caller frees the array. Returns NULL after a message.
 */
struct neighbour *grouping_make(const struct catalogue *catalogue, enum near_by by, const struct groups_task *task);

/* Groups the files by their content alone, in the same form. All distances are 0. Other names of a file follow it. The
 * caller frees the array. Returns NULL after a message. */
struct neighbour *grouping_of_copies(const struct catalogue *catalogue);

/* How many of the neighbours are different files, not other names of one. */
size_t grouping_files(const struct neighbour *group, size_t size);

/* How many of `count` neighbours are in the same group as the first one. */
size_t grouping_size(const struct neighbour *first, size_t count);

/* Reports why nothing was found. Returns NULL. */
void *grouping_fail(iscc_status status);

/* Whether the file has the same content as its reference, not only a near Data-Code. */
bool neighbour_is_identical(const struct catalogue *catalogue, const struct neighbour *neighbour);

/* Whether it is a copy of another file of its group, not of the reference. */
bool neighbour_is_copy(const struct neighbour *neighbour);

#endif
