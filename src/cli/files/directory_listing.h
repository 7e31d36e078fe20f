/* SPDX-License-Identifier: Apache-2.0 */
/* The regular files and the sub-directories of one directory, in order. */
#ifndef LISTING_H
#define LISTING_H

#include <stdbool.h>

#include "files/sorted_names.h"
#include "files/nfc.h"

/* The file that holds a directory's patterns. */
#define PATTERN_FILE ".isccignore"

/* Starts as zeros. */
struct listing {
    /* Ignore files first. An entry whose kind could not be found out is among them with its error. */
    struct names files;
    struct names directories;
    bool has_patterns; /* PATTERN_FILE is there and a regular file */
};

/* Reads the directory. Returns 0 or an errno value; the listing then holds what could be read. */
int listing_read(struct listing *listing, int descriptor, struct nfc *nfc);
bool listing_is_done(const struct listing *listing); /* every name was taken */
void listing_free(struct listing *listing);

#endif
