/* SPDX-License-Identifier: Apache-2.0 */
/* What hard links in an archive share. */
#ifndef LINKS_H
#define LINKS_H

#include <stdbool.h>
#include <stdint.h>

#include "archive/record_queue.h"

/* Initialize to zeros. Search trees, whose time cannot be made to grow by the choice of names. */
struct links {
    void *members; /* the content of each name, the last one if it occurs again */
    void *waiting; /* of cpio: the records of each file whose content has not come yet */
};

void links_free(struct links *links);

/* Remembers the content of a member. Returns false if memory is short. */
bool links_add(struct links *links, const char *name, const struct wire_record *content);

/* The content of that name, or NULL. */
const struct wire_record *links_find(const struct links *links, const char *name);

/* Lets a record wait for the content of its file. Returns false if memory is short. */
bool links_wait(struct links *links, int64_t device, int64_t inode, struct record *record);

/* Gives the content to all records of that file. */
void links_resolve(struct links *links, int64_t device, int64_t inode, const struct wire_record *content);

/* Gives the same content or failure to all records that still wait. */
void links_resolve_all(struct links *links, const struct wire_record *content);

/* Copies what links share, and which entry they share it with. */
void links_copy(struct wire_record *to, const struct wire_record *content);

#endif
