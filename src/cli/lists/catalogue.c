/* SPDX-License-Identifier: Apache-2.0 */
/* Catalogues of files, and the tidy form of names. */
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
        array_grow(catalogue->files, &catalogue->capacity, catalogue->count + 1, sizeof *catalogue->files);
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

/* Skips slashes and "." components. */
static const char *skip_redundant(const char *name)
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

size_t catalogue_tidy_name(char *tidy, const char *name, size_t size)
{
    const bool is_tree = size > 0 && name[size - 1] == '/';
    char *end = tidy;

    if (name[0] == '/')
        *end++ = '/';
    for (name = skip_redundant(name); *name != '\0'; name = skip_redundant(name)) {
        const size_t part = strcspn(name, "/");
        if (end > tidy && end[-1] != '/')
            *end++ = '/';
        memmove(end, name, part);
        end += part;
        name += part;
    }
    if (end == tidy)
        *end++ = '.';
    if (is_tree && end[-1] != '/')
        *end++ = '/';
    *end = '\0';
    return (size_t)(end - tidy);
}

static bool is_tidy(const char *name)
{
    return strncmp(name, "./", 2) != 0 && strstr(name, "//") == NULL && strstr(name, "/.") == NULL;
}

/* Replaces the name of a file by its tidy form, using a buffer that later calls use again. Returns false if memory is
 * short. */
static bool tidy_file(struct catalogue *catalogue, struct file_record *file, char **buffer, size_t *capacity)
{
    char *grown = array_grow(*buffer, capacity, file->name_size + 1, 1);
    if (grown == NULL)
        return false;
    *buffer = grown;
    const size_t size = catalogue_tidy_name(grown, file->name, file->name_size);
    if (size == file->name_size)
        return true;
    const char *name = string_pool_add(&catalogue->names, grown, size);
    if (name == NULL)
        return false;
    file->name = name;
    file->name_size = size;
    return true;
}

bool catalogue_tidy_names(struct catalogue *catalogue)
{
    char *buffer = NULL;
    size_t capacity = 0;
    bool done = true;

    for (size_t i = 0; done && i < catalogue->count; i++) {
        struct file_record *file = &catalogue->files[i];
        const char *rest = file->name[0] == '/' ? file->name : skip_redundant(file->name);
        if (*rest != '\0') {
            file->name_size -= (size_t)(rest - file->name);
            file->name = rest;
        }
        if (!is_tidy(file->name))
            done = tidy_file(catalogue, file, &buffer, &capacity);
    }
    free(buffer);
    return done;
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
    int order = strcmp(x->name, y->name);

    if (order == 0)
        order = (x->failure != 0) - (y->failure != 0);
    return order != 0 ? order : (x > y) - (x < y);
}

const struct file_record **catalogue_by_name(const struct catalogue *catalogue)
{
    /* One more than needed, because calloc(0) may return NULL. */
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
