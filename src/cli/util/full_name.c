/* SPDX-License-Identifier: Apache-2.0 */
/* Works on the text of names: only the current directory is looked up. */
#include "util/full_name.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/array.h"

/* ---- The current directory ---- */

static char *current_path(void)
{
    char *path = NULL;
    size_t capacity = 0;

    for (size_t size = 256;; size *= 2) {
        char *grown = array_grow(path, &capacity, size, 1);
        if (grown == NULL) {
            free(path);
            return NULL;
        }
        path = grown;
        if (getcwd(path, capacity) != NULL)
            return path;
        if (errno != ERANGE) {
            path[0] = '.';
            path[1] = '\0';
            return path;
        }
    }
}

static bool is_current(const char *path)
{
    struct stat status;
    struct stat current;

    return path[0] == '/' && stat(path, &status) == 0 && stat(".", &current) == 0 && status.st_dev == current.st_dev &&
           status.st_ino == current.st_ino;
}

bool current_directory_find(struct current_directory *current)
{
    const char *shell = getenv("PWD");

    *current = (struct current_directory){.path = current_path()};
    if (current->path == NULL || shell == NULL || strcmp(shell, current->path) == 0 || !is_current(shell))
        return current->path != NULL;
    current->alias = strdup(shell);
    return current->alias != NULL;
}

void current_directory_free(struct current_directory *current)
{
    free(current->path);
    free(current->alias);
}

/* ---- Full names ---- */

/* The length of a directory at the start of a path, or 0 if the path is not the directory or below it. */
static size_t size_above(const char *directory, const char *path)
{
    const size_t size = strlen(directory);

    return strncmp(path, directory, size) == 0 && (path[size] == '/' || path[size] == '\0') ? size : 0;
}

/* Appends the components of a name to the `size` bytes of a directory, which is empty for the root, and returns the new
 * size. A `..` at the start removes one from the directory, which has no links in it. */
static size_t append_components(char *full, size_t size, const char *name, const char *end)
{
    bool is_start = full[0] != '.';

    for (const char *next; name < end; name = next) {
        next = memchr(name, '/', (size_t)(end - name));
        const size_t part = (size_t)((next == NULL ? end : next) - name);
        next = next == NULL ? end : next + 1;
        if (part == 0 || (part == 1 && name[0] == '.'))
            continue;
        if (is_start && part == 2 && name[0] == '.' && name[1] == '.') {
            while (size > 0 && full[--size] != '/')
                continue;
            continue;
        }
        is_start = false;
        full[size++] = '/';
        memcpy(full + size, name, part);
        size += part;
    }
    return size;
}

char *full_name(const struct current_directory *current, const char *name, size_t size)
{
    const char *const end = name + size;
    const bool is_tree = size > 0 && end[-1] == '/';
    size_t alias = 0;

    if (size > 0 && name[0] == '/' && current->alias != NULL)
        alias = size_above(current->alias, name);
    if (alias > size)
        alias = 0;
    const bool is_relative = size == 0 || name[0] != '/' || alias > 0;
    size_t length = is_relative && strcmp(current->path, "/") != 0 ? strlen(current->path) : 0;
    char *full = malloc(strlen(current->path) + size + sizeof "//");
    if (full == NULL)
        return NULL;
    memcpy(full, current->path, length);
    full[length] = '\0';
    length = append_components(full, length, name + alias, end);
    if (length == 0 || is_tree)
        full[length++] = '/';
    full[length] = '\0';
    return full;
}

const char *full_name_from_current(const struct current_directory *current, const char *full)
{
    const bool is_root = strcmp(current->path, "/") == 0;
    const size_t size = is_root ? 0 : size_above(current->path, full);

    if (size == 0 && !is_root)
        return full;
    return full[size] == '/' ? full + size + 1 : full + size;
}

bool full_name_find(const struct current_directory *current, const char *name, const char *full, size_t *size)
{
    *size = strlen(name);
    for (;;) {
        while (*size > 1 && name[*size - 1] == '/')
            --*size;
        char *start = full_name(current, name, *size);
        if (start == NULL)
            return false;
        const bool is_found = strcmp(start, full) == 0;
        free(start);
        if (is_found)
            return true;
        if (*size == 0 || (*size == 1 && name[0] == '/')) {
            *size = SIZE_MAX;
            return true;
        }
        while (*size > 0 && name[*size - 1] != '/')
            --*size;
    }
}
