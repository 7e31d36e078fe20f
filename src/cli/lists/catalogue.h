/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files and their codes in memory, in the order in which they came.
 *
 * A file takes about 160 bytes and its name: a million files with names of 60 bytes take 220 MB. Where the memory ends,
 * adding fails and what is there stays.
 */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/file_record.h"
#include "util/string_pool.h"

struct catalogue {
    struct file_record *files;
    size_t count;
    size_t room;
    struct string_pool names;
};

/* A catalogue begins as zeros. */
void catalogue_free(struct catalogue *catalogue);

/* Puts a copy of the file at the end, with a copy of its name. False if memory is short. */
bool catalogue_add(struct catalogue *catalogue, const struct file_record *file);

/* Takes out of all names what leads nowhere: "./", and slashes behind a slash. "./" itself stays. False if memory is
 * short. */
bool catalogue_tidy_names(struct catalogue *catalogue);

/* Takes the first bytes away of all names that are longer. */
void catalogue_shorten_names(struct catalogue *catalogue, size_t size);

/* The files sorted by the bytes of their names, equal ones in the order of the catalogue; NULL if memory is short. To
 * be freed. Sorting, unlike a hash table, cannot be made slow by chosen names. */
const struct file_record **catalogue_by_name(const struct catalogue *catalogue);

/* The first of those whose name is this; NULL if there is none. */
const struct file_record *catalogue_find(const struct file_record *const *by_name, size_t count, const char *name);

#endif
