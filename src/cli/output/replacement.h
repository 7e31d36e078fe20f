/* SPDX-License-Identifier: Apache-2.0 */
/* A file that is written beside another one and takes its name in one step. */
#ifndef REPLACEMENT_H
#define REPLACEMENT_H

#include <stdbool.h>

struct replacement {
    int descriptor; /* -1: there is nothing to replace or to drop */
    char *target;   /* the file that is to be replaced; links are resolved */
};

/*
 * Opens a file for writing that will replace `path`, and returns its descriptor. Where `path` exists and is no regular
 * file, it is opened itself and `replacement` stays empty; likewise where it names a descriptor, as /dev/stdout does.
 * -1 with errno. There is one replacement at a time; a signal that ends the program removes its file, and so does
 * exit().
 */
int replacement_open(struct replacement *replacement, const char *path);

/* Where replacement_open of this path makes its file: a directory, or the path where that exists and is no regular
 * file. To be freed; NULL with errno. */
char *replacement_place(const char *path);

/* Makes the bytes durable and puts the file in place. On failure (errno) the old file stays and the new one is removed.
 */
bool replacement_commit(struct replacement *replacement);

/* Removes the new file. */
void replacement_drop(struct replacement *replacement);

#endif
