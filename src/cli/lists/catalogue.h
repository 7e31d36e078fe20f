/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files and their codes in memory, in the order in which they were added.
 *
 * A file takes about 190 bytes plus its name: a million files with names of 60 bytes take 250 MB.
 */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/file_record.h"
#include "util/string_pool.h"

/* Initialize to zeros. */
struct catalogue {
    struct file_record *files;
    size_t count;
    size_t capacity;
    struct string_pool names;
};

void catalogue_free(struct catalogue *catalogue);

/* Appends a copy of the record and of its name. Returns false if memory is short; the catalogue is then unchanged. */
bool catalogue_add(struct catalogue *catalogue, const struct file_record *file);

/* Writes the tidy form of a name of `size` > 0 bytes to `tidy`, without "./" and repeated slashes, and returns its
 * size. The form of the current directory is "." or "./". It is never longer than the name, and may be written over it.
 */
size_t catalogue_tidy_name(char *tidy, const char *name, size_t size);

/* Replaces every name by its tidy form. Returns false if memory is short. */
bool catalogue_tidy_names(struct catalogue *catalogue);

/* Removes the first `size` bytes from every name that is longer. */
void catalogue_shorten_names(struct catalogue *catalogue, size_t size);

/* Returns the files sorted by the bytes of their names, or NULL if memory is short. Of equal names, those with a code
 * come first, and then catalogue order decides. The caller frees the array. Unlike a hash table, sorting cannot be
 * slowed down by crafted names. */
const struct file_record **catalogue_by_name(const struct catalogue *catalogue);

/* Returns the first file with this name in an array from catalogue_by_name(), or NULL. */
const struct file_record *catalogue_find(const struct file_record *const *by_name, size_t count, const char *name);

#endif
