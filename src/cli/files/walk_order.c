/* SPDX-License-Identifier: Apache-2.0 */
/* Compares the first components in which two paths differ, as directory_listing.c and sorted_names.c sort them. */
#include "files/walk_order.h"

#include <stddef.h>
#include <string.h>

#include "files/directory_listing.h"

struct component {
    const char *name;
    size_t size;
    bool is_directory;
};

static struct component component_at(const struct walk_path *path, size_t start)
{
    const char *name = path->path + start;
    const size_t size = strcspn(name, "/");

    return (struct component){.name = name, .size = size, .is_directory = name[size] == '/' || path->is_directory};
}

static int compare_bytes(const char *a, size_t a_size, const char *b, size_t b_size)
{
    const int order = memcmp(a, b, a_size < b_size ? a_size : b_size);
    return order != 0 ? order : (a_size > b_size) - (a_size < b_size);
}

/* Without memory for a normalized form, names count as they are. */
static int compare_names(struct walk_order *order, const struct component *a, const struct component *b)
{
    const char *left = a->name;
    const char *right = b->name;
    size_t left_size = a->size;
    size_t right_size = b->size;

    nfc_key(&order->left, a->name, a->size, &left, &left_size);
    nfc_key(&order->right, b->name, b->size, &right, &right_size);
    const int difference = compare_bytes(left, left_size, right, right_size);
    return difference != 0 ? difference : compare_bytes(a->name, a->size, b->name, b->size);
}

/* Files come before directories, and ignore files before other files. */
static int group_of(const struct component *component)
{
    if (component->is_directory)
        return 2;
    return directory_listing_is_ignore_file(component->name, component->size) ? 0 : 1;
}

int walk_order_compare(struct walk_order *order, const struct walk_path *a, const struct walk_path *b)
{
    size_t start = 0;

    if (strcmp(a->path, b->path) == 0) /* as for nearly every file that is looked for in a list */
        return 0;
    for (size_t i = 0; a->path[i] == b->path[i]; i++)
        if (a->path[i] == '/')
            start = i + 1;
    const struct component left = component_at(a, start);
    const struct component right = component_at(b, start);
    const int groups = group_of(&left) - group_of(&right);
    if (groups != 0)
        return groups;
    if (left.size == right.size && memcmp(left.name, right.name, left.size) == 0)
        return left.name[left.size] == '\0' ? -1 : 1; /* the error of a directory, before what is below it */
    return compare_names(order, &left, &right);
}

void walk_order_free(struct walk_order *order)
{
    nfc_free(&order->left);
    nfc_free(&order->right);
}
