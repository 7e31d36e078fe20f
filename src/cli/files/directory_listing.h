/* SPDX-License-Identifier: Apache-2.0 */
/* The regular files and the sub-directories of one directory, in order. */
#ifndef DIRECTORY_LISTING_H
#define DIRECTORY_LISTING_H

#include <stdbool.h>

#include "files/nfc.h"
#include "files/sorted_names.h"

/* The file that holds a directory's patterns. */
#define PATTERN_FILE ".isccignore"

/* Starts as zeros. */
struct directory_listing {
    /* Ignore files first. An entry whose kind could not be found out is among them with its error. */
    struct sorted_names files;
    struct sorted_names directories;
    bool has_patterns; /* PATTERN_FILE is there and a regular file */
};

/* Reads the directory. Returns 0 or an errno value; the listing then holds what could be read. */
int directory_listing_read(struct directory_listing *listing, int descriptor, struct nfc *nfc);
bool directory_listing_is_done(const struct directory_listing *listing); /* every name was taken */
void directory_listing_free(struct directory_listing *listing);

#endif
