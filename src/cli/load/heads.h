/* SPDX-License-Identifier: Apache-2.0 */
/* The first bytes of files, which tell most files of the same size apart. */
#ifndef HEADS_H
#define HEADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/file_record.h"

struct head {
    struct file_record *file;
    uint64_t hash;  /* of the first bytes */
    bool is_known;  /* they could be read */
    bool is_unique; /* no other file of this size has the same first bytes */
};

/* Reads the heads of all files that have one of their sizes, on up to `threads` threads. The order of the array
 * changes.
 */
void heads_read(struct head *heads, size_t count, int threads);

#endif
