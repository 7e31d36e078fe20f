/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps files and their codes in memory. */
#include "lists/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "util/array.h"

void catalogue_free(struct catalogue *catalogue)
{
    string_pool_free(&catalogue->names);
    free(catalogue->files);
    *catalogue = (struct catalogue){.files = NULL};
}

bool catalogue_add(struct catalogue *catalogue, const struct file_record *file)
{
    struct file_record *files =
        array_grow(catalogue->files, &catalogue->room, catalogue->count + 1, sizeof *catalogue->files);
    if (files == NULL)
        return false;
    catalogue->files = files;
    const char *name = string_pool_add(&catalogue->names, file->name, file->name_size);
    if (name == NULL)
        return false;
    catalogue->files[catalogue->count] = *file;
    catalogue->files[catalogue->count].name = name;
    catalogue->count++;
    return true;
}

/* ---- Names ---- */

/* Where the next part that leads somewhere begins. */
static const char *skip_needless(const char *name)
{
    for (;;) {
        if (name[0] == '/')
            name++;
        else if (name[0] == '.' && (name[1] == '/' || name[1] == '\0'))
            name += 1;
        else
            return name;
    }
}

/* Writes the tidy form, which is never longer, and returns its size; `to` and `name` may not overlap. */
static size_t write_tidy(char *to, const char *name, size_t size)
{
    const bool is_tree = size > 0 && name[size - 1] == '/';
    char *end = to;

    if (name[0] == '/')
        *end++ = '/';
    for (name = skip_needless(name); *name != '\0'; name = skip_needless(name)) {
        const size_t part = strcspn(name, "/");
        if (end > to && end[-1] != '/')
            *end++ = '/';
        memcpy(end, name, part);
        end += part;
        name += part;
    }
    if (end == to)
        *end++ = '.';
    if (is_tree && end[-1] != '/')
        *end++ = '/';
    *end = '\0';
    return (size_t)(end - to);
}

static bool is_tidy(const char *name)
{
    return strncmp(name, "./", 2) != 0 && strstr(name, "//") == NULL && strstr(name, "/.") == NULL;
}

/* A copy of the name in its tidy form; NULL if memory is short. `room` and `size` are kept from one to the next. */
static const char *keep_tidy(struct catalogue *catalogue, struct file_record *file, char **room, size_t *size)
{
    char *grown = array_grow(*room, size, file->name_size + 2, 1);
    if (grown == NULL)
        return NULL;
    *room = grown;
    const size_t tidy_size = write_tidy(*room, file->name, file->name_size);
    if (tidy_size == file->name_size)
        return file->name;
    file->name_size = tidy_size;
    return string_pool_add(&catalogue->names, *room, tidy_size);
}

bool catalogue_tidy_names(struct catalogue *catalogue)
{
    char *room = NULL;
    size_t size = 0;
    bool kept = true;

    for (size_t i = 0; kept && i < catalogue->count; i++) {
        struct file_record *file = &catalogue->files[i];
        const char *rest = file->name[0] == '/' ? file->name : skip_needless(file->name);
        if (*rest != '\0') {
            file->name_size -= (size_t)(rest - file->name);
            file->name = rest;
        }
        if (is_tidy(file->name))
            continue;
        const char *tidy = keep_tidy(catalogue, file, &room, &size);
        kept = tidy != NULL;
        if (kept)
            file->name = tidy;
    }
    free(room);
    return kept;
}

void catalogue_shorten_names(struct catalogue *catalogue, size_t size)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        struct file_record *file = &catalogue->files[i];
        if (file->name_size > size) {
            file->name += size;
            file->name_size -= size;
        }
    }
}

/* ---- By name ---- */

static int compare_names(const void *a, const void *b)
{
    const struct file_record *const x = *(const struct file_record *const *)a;
    const struct file_record *const y = *(const struct file_record *const *)b;
    const int order = strcmp(x->name, y->name);
    return order != 0 ? order : (x > y) - (x < y);
}

const struct file_record **catalogue_by_name(const struct catalogue *catalogue)
{
    /* One more than needed: no memory at all is no answer. */
    const struct file_record **sorted = calloc(catalogue->count + 1, sizeof(void *));
    if (sorted == NULL)
        return NULL;
    for (size_t i = 0; i < catalogue->count; i++)
        sorted[i] = &catalogue->files[i];
    qsort(sorted, catalogue->count, sizeof *sorted, compare_names);
    return sorted;
}

const struct file_record *catalogue_find(const struct file_record *const *by_name, size_t count, const char *name)
{
    size_t low = 0;

    for (size_t high = count; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(by_name[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && strcmp(by_name[low]->name, name) == 0 ? by_name[low] : NULL;
}
