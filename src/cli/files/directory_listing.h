/* SPDX-License-Identifier: Apache-2.0 */
/* The regular files and the subdirectories of one directory, in order. */
#ifndef DIRECTORY_LISTING_H
#define DIRECTORY_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "files/nfc.h"
#include "files/sorted_names.h"

/* The name of the file that holds a directory's ignore patterns. */
#define PATTERN_FILE ".isccignore"

/* Initialize to zeros. */
struct directory_listing {
    /* Ignore files first. Includes entries whose kind could not be determined, with their errors. */
    struct sorted_names files;
    struct sorted_names directories;
    bool has_patterns;     /* PATTERN_FILE exists and is a regular file */
    bool has_odd_patterns; /* it exists and is none, so it is not read */
};

/* Whether the file comes before others, because of its name. */
bool directory_listing_is_ignore_file(const char *name, size_t size);

/* Reads the directory. On failure returns an errno value; `listing` then holds what could be read, and must still be
 * freed. */
int directory_listing_read(struct directory_listing *listing, int descriptor, struct nfc *nfc);
bool directory_listing_is_done(const struct directory_listing *listing); /* no names are left to read */
void directory_listing_free(struct directory_listing *listing);

#endif
