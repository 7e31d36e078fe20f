/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Directories that are listed before a walk comes to them, by threads of their own.
 *
 * A directory's level is the number of directories above it in the walk. The walk asks for directories of the deepest
 * level it has entered, in the order in which it will enter them, and these are listed before those of smaller levels.
 */
#ifndef LISTING_AHEAD_H
#define LISTING_AHEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "files/directory.h"
#include "files/directory_listing.h"
#include "files/nfc.h"

struct listed_directory {
    struct directory *directory; /* NULL: it could not be opened */
    struct directory_listing listing;
    int error; /* why it could not be opened, or why the listing is incomplete */
};

/* Opens a directory and lists it. */
void listed_directory_read(struct listed_directory *listed, const struct directory *parent, const char *name,
                           struct nfc *nfc);
void listed_directory_free(struct listed_directory *listed);

struct listing_ahead;

/* Starts the threads. Returns NULL if another walk has them, or if the system does not allow enough descriptors. */
struct listing_ahead *listing_ahead_start(void);

/* Ends the threads, after the listings they are at. */
void listing_ahead_stop(struct listing_ahead *ahead);

/* Asks for a directory. Returns false if memory is short. */
bool listing_ahead_ask(struct listing_ahead *ahead, size_t level, struct directory *parent, const char *name);

/* Waits for a directory that was asked for, and forgets those that come before it. Returns false if it was not asked
 * for, not begun yet, or listed too long ago: then the walk should list it itself. */
bool listing_ahead_wait(struct listing_ahead *ahead, size_t level, const char *name, struct listed_directory *listed);

/* Forgets the directories of the levels from `first` to `last`. `ahead` may be NULL. */
void listing_ahead_forget(struct listing_ahead *ahead, size_t first, size_t last);

#endif
