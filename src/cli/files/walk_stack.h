/* SPDX-License-Identifier: Apache-2.0 */
/* The stack of a walk: the current path, and a frame for each directory along it. */
#ifndef WALK_STACK_H
#define WALK_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "files/directory.h"
#include "files/directory_listing.h"
#include "files/listing_ahead.h"
#include "filter/filter.h"
#include "filter/ignore.h"

struct frame {
    struct directory *directory;      /* NULL: closed or lost */
    struct file_identity identity;    /* set when the directory is closed */
    size_t name_offset;               /* offset in the path of the names of its entries */
    struct directory_listing listing; /* entries left to visit */
    size_t asked;                     /* of the next subdirectories, how many are listed ahead or not to be listed */
    struct ignore_list *ignore;       /* patterns of its own ignore file, or NULL */
    size_t ignore_depth;              /* number (from 1) of the deepest frame down to this one with patterns; 0: none */
    int ignore_error;                 /* why its ignore file could not be read */
    int error;                        /* why its listing is incomplete; cleared once reported */
    bool include_unmatched;           /* entries that no pattern matches are included */
    bool is_lost;
};

struct walk {
    const struct filter *filter;
    dev_t device; /* of the root, if the filter is limited to one file system */
    char *path;   /* of the last entry visited; a slash after a frame's directory may be a NUL until walk_set_name()
                     restores it */
    size_t path_size;
    size_t path_capacity;
    struct frame *frames;
    size_t depth;
    size_t frames_capacity;
    struct nfc nfc;
    bool may_list_ahead;
    struct listing_ahead *ahead; /* NULL unless listings made the walk wait */
    int listings;                /* since it was last decided whether they do; negative: not looked at for so many */
    int waits;                   /* of these, those that it waited for */
};

struct frame *walk_top(const struct walk *walk);

/* Make sure that the path can hold `needed` bytes, or that one more frame fits. False if memory is short. */
bool walk_reserve_path(struct walk *walk, size_t needed);
bool walk_reserve_frame(struct walk *walk);

/* Sets the path to that of an entry in the top frame, leaving space for a slash after it. False if memory is short. */
bool walk_set_name(struct walk *walk, const char *name);

/* Pushes a frame for the directory, which it takes over. walk_reserve_frame() must have succeeded. */
void walk_push(struct walk *walk, const struct listed_directory *listed, size_t name_offset, bool include_unmatched);

/* Returns to the parent directory. */
void walk_pop(struct walk *walk);

void walk_free_frame(struct frame *frame);

#endif
