/* SPDX-License-Identifier: Apache-2.0 */
/* The first bytes of files, which tell most files of the same size apart. */
#ifndef HEADS_H
#define HEADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/file_record.h"

/* Reads the head of a file of this size at a path relative to the directory (AT_FDCWD: the current one). Returns false
 * if it cannot be read; then hashing the file fails as well, and reports it. */
bool head_read(int directory, const char *path, uint64_t filesize, uint64_t *head);

/* Reads the missing heads of files on up to `threads` threads, and sorts the files by size and head. */
void heads_read(struct file_record **files, size_t count, int threads);

/* Whether the head of files[index] is unlike all others of its size. The files must be sorted, and all of this size be
 * among them. A head that is not known may be like any other. */
bool head_is_unique(struct file_record *const *files, size_t count, size_t index);

#endif
