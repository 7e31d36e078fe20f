/* SPDX-License-Identifier: Apache-2.0 */
/* Search trees of members by their names, and of files by device and inode. */
#include "archive/links.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "util/search_tree.h"

/* The name is a member of its own, not an array at the end, so that a key can be made of any name. */
struct member {
    const char *name;
    struct wire_record content;
    char copy[];
};

struct waiting {
    int64_t device;
    int64_t inode;
    struct record *records;
};

static int compare_members(const void *a, const void *b)
{
    return strcmp(((const struct member *)a)->name, ((const struct member *)b)->name);
}

static int compare_waiting(const void *a, const void *b)
{
    const struct waiting *x = a;
    const struct waiting *y = b;

    if (x->device != y->device)
        return x->device < y->device ? -1 : 1;
    return (x->inode > y->inode) - (x->inode < y->inode);
}

static void free_tree(void **root, int (*compare)(const void *, const void *))
{
    while (*root != NULL) {
        void *node = *(void **)*root;
        tdelete(node, root, compare);
        free(node);
    }
}

void links_free(struct links *links)
{
    free_tree(&links->members, compare_members);
    free_tree(&links->waiting, compare_waiting);
}

bool links_add(struct links *links, const char *name, const struct wire_record *content)
{
    const size_t size = strlen(name) + 1;
    struct member *member = malloc(sizeof *member + size);

    if (member == NULL)
        return false;
    member->name = memcpy(member->copy, name, size);
    member->content = *content;
    struct member *known = search_tree_add(&links->members, member, compare_members);
    if (known != NULL)
        known->content = *content;
    if (known != member)
        free(member);
    return known != NULL;
}

const struct wire_record *links_find(const struct links *links, const char *name)
{
    const struct member key = {.name = name};
    struct member *const *known = tfind(&key, &links->members, compare_members);

    return known == NULL ? NULL : &(*known)->content;
}

bool links_wait(struct links *links, int64_t device, int64_t inode, struct record *record)
{
    struct waiting *waiting = malloc(sizeof *waiting);

    if (waiting == NULL)
        return false;
    *waiting = (struct waiting){.device = device, .inode = inode};
    struct waiting *known = search_tree_add(&links->waiting, waiting, compare_waiting);
    if (known != waiting)
        free(waiting);
    if (known == NULL)
        return false;
    record->next_link = known->records;
    known->records = record;
    return true;
}

void links_copy(struct wire_record *to, const struct wire_record *content)
{
    to->link = content->link != 0 ? content->link : content->entry;
    to->failure = content->failure;
    to->filesize = content->filesize;
    to->has_text = content->has_text;
    memcpy(to->data, content->data, sizeof to->data);
    memcpy(to->instance, content->instance, sizeof to->instance);
    memcpy(to->text, content->text, sizeof to->text);
}

static void resolve(struct links *links, struct waiting *waiting, const struct wire_record *content)
{
    for (struct record *record = waiting->records; record != NULL; record = record->next_link) {
        links_copy(&record->wire, content);
        record->is_pending = false;
    }
    tdelete(waiting, &links->waiting, compare_waiting);
    free(waiting);
}

void links_resolve(struct links *links, int64_t device, int64_t inode, const struct wire_record *content)
{
    const struct waiting key = {.device = device, .inode = inode};
    struct waiting *const *known = tfind(&key, &links->waiting, compare_waiting);

    if (known != NULL)
        resolve(links, *known, content);
}

void links_resolve_all(struct links *links, const struct wire_record *content)
{
    while (links->waiting != NULL)
        resolve(links, *(struct waiting **)links->waiting, content);
}
