/* SPDX-License-Identifier: Apache-2.0 */
/* The stack of a walk: a frame for each directory on the path, and the path. */
#ifndef WALK_STACK_H
#define WALK_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "files/directory.h"
#include "files/directory_listing.h"
#include "filter/filter.h"
#include "filter/ignore.h"

struct frame {
    struct directory *directory;      /* NULL: given up or lost */
    struct file_identity identity;    /* of one given up */
    size_t base;                      /* where in the path the names of its entries begin */
    struct directory_listing listing; /* what is left to walk */
    struct ignore_list *ignore;       /* its own patterns, or NULL */
    size_t ignoring;                  /* the deepest frame up to this one that has patterns, counted from 1; 0: none */
    int ignore_error;                 /* why its patterns could not be read */
    int error;                        /* why its listing is not whole, until that is reported */
    bool takes_rest;                  /* takes an entry that no pattern matches */
    bool is_lost;
};

struct walk {
    const struct filter *filter;
    dev_t device; /* of the root, where the filter is of one file system */
    char *path;   /* of the entry last visited; a slash may be a NUL where a path ended, and is put back by
                     walk_set_name() */
    size_t path_size;
    size_t path_room;
    struct frame *frames;
    size_t depth;
    size_t frames_room;
    struct nfc nfc;
};

struct frame *walk_top(const struct walk *walk);

/* Room for a path of so many bytes, and for one more frame. False if memory is short. */
bool walk_path_room(struct walk *walk, size_t needed);
bool walk_frame_room(struct walk *walk);

/* Lets the path end with an entry of the top frame. There is room for a slash behind it. */
bool walk_set_name(struct walk *walk, const char *name);

/* Makes the directory the top frame, and reads it; there is room for it. */
void walk_push(struct walk *walk, struct directory *directory, size_t base, bool takes_rest);

/* Back to the directory above. */
void walk_pop(struct walk *walk);

void walk_free_frame(struct frame *frame);

#endif
