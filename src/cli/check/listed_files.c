/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps the names in a sorted array. Unlike a hash table, it cannot be slowed down by crafted names. */
#include "check/listed_files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/long_path.h"
#include "util/array.h"
#include "util/string_pool.h"

/* Marks in place of a name, which no file can have. */
static const char tree_mark[] = "";  /* the directory is a listed tree */
static const char list_mark[] = "/"; /* the identity is that of a list, not of a directory */

struct member {
    struct file_identity directory;
    const char *name;
};

struct listed_files {
    struct member *members;
    size_t count;
    size_t capacity;
    struct string_pool names;
    bool has_trees;
    int failure; /* the error of the first directory that could not be found; or 0 */

    const struct directory *base; /* of the current list */
    /* The directory of the last name. Names in the same directory usually follow each other. */
    char *last;
    size_t last_size;
    size_t last_capacity;
    bool has_last;    /* the other members are valid */
    bool last_exists; /* it is a directory */
    struct file_identity last_identity;
};

struct listed_files *listed_files_new(void)
{
    return calloc(1, sizeof(struct listed_files));
}

void listed_files_free(struct listed_files *set)
{
    if (set == NULL)
        return;
    string_pool_free(&set->names);
    free(set->members);
    free(set->last);
    free(set);
}

/* ---- Adding ---- */

static bool add(struct listed_files *set, const struct file_identity *directory, const char *name)
{
    struct member *members = array_grow(set->members, &set->capacity, set->count + 1, sizeof *set->members);
    if (members == NULL)
        return false;
    set->members = members;
    set->members[set->count++] = (struct member){.directory = *directory, .name = name};
    return true;
}

bool listed_files_begin_list(struct listed_files *set, const struct stat *list, const struct directory *base)
{
    const struct file_identity file = file_identity_of(list);

    set->base = base;
    set->has_last = false;
    return add(set, &file, list_mark);
}

static bool store_last(struct listed_files *set, const char *path, size_t size)
{
    char *last = array_grow(set->last, &set->last_capacity, size + 1, 1);
    if (last == NULL)
        return false;
    set->last = last;
    memcpy(set->last, path, size);
    set->last[size] = '\0';
    set->last_size = size;
    return true;
}

/* Whether the error means that there is no file at this path that a walk could find by another path. */
static bool means_no_file(int error)
{
    return error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG || error == EACCES;
}

/* Finds the directory part of a name, whose size is `size`; 0 means the base itself. Returns false if memory is short.
 */
static bool find_directory(struct listed_files *set, const char *name, size_t size)
{
    struct long_path path;
    struct stat status;

    if (set->has_last && size == set->last_size && memcmp(name, set->last, size) == 0)
        return true;
    set->has_last = store_last(set, name, size);
    if (!set->has_last)
        return false;
    int error = long_path_open(&path, set->base, size == 0 ? "." : set->last, size);
    if (error == 0) {
        error = fstatat(path.directory, path.name, &status, 0) == 0 ? 0 : errno;
        long_path_close(&path);
    }
    if (error != 0 && !means_no_file(error) && set->failure == 0)
        set->failure = error;
    set->last_exists = error == 0 && S_ISDIR(status.st_mode);
    if (set->last_exists)
        set->last_identity = file_identity_of(&status);
    return true;
}

bool listed_files_add(struct listed_files *set, const char *name, size_t size)
{
    size_t directory = size;

    while (directory > 0 && name[directory - 1] != '/')
        directory--;
    if (!find_directory(set, name, directory))
        return false;
    if (!set->last_exists)
        return true;
    if (directory == size) {
        set->has_trees = true;
        return add(set, &set->last_identity, tree_mark);
    }
    const char *kept = string_pool_add(&set->names, name + directory, size - directory);
    return kept != NULL && add(set, &set->last_identity, kept);
}

int listed_files_failure(const struct listed_files *set)
{
    return set->failure;
}

/* ---- Lookup ---- */

static int compare(const void *a, const void *b)
{
    const struct member *x = a;
    const struct member *y = b;

    if (x->directory.device != y->directory.device)
        return x->directory.device < y->directory.device ? -1 : 1;
    if (x->directory.inode != y->directory.inode)
        return x->directory.inode < y->directory.inode ? -1 : 1;
    return strcmp(x->name, y->name);
}

void listed_files_sort(struct listed_files *set)
{
    if (set->count > 0)
        qsort(set->members, set->count, sizeof *set->members, compare);
}

bool listed_files_has(const struct listed_files *set, const struct file_identity *directory, const char *name)
{
    const struct member sought = {.directory = *directory, .name = name};
    return set->count > 0 && bsearch(&sought, set->members, set->count, sizeof sought, compare) != NULL;
}

bool listed_files_has_list(const struct listed_files *set, const struct stat *file)
{
    const struct file_identity identity = file_identity_of(file);
    return listed_files_has(set, &identity, list_mark);
}

/* Goes up to the root, which is its own parent. */
bool listed_files_has_tree(const struct listed_files *set, struct directory *directory)
{
    struct directory *at = set->has_trees ? directory_hold(directory) : NULL;
    struct file_identity identity;
    struct file_identity below = {0};
    bool is_first = true;
    bool found = false;
    int error = 0;

    while (at != NULL && directory_identify(at, &identity) && (is_first || !file_identity_equal(&identity, &below))) {
        found = listed_files_has(set, &identity, tree_mark);
        if (found)
            break;
        struct directory *parent = directory_open(at, "..", &error);
        directory_release(at);
        at = parent;
        below = identity;
        is_first = false;
    }
    directory_release(at);
    return found;
}
