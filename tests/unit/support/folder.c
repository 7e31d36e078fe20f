/* SPDX-License-Identifier: Apache-2.0 */
/* One folder at a time, flat. */
#include "folder.h"
#include "support/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[512];

int folder_make(void **state)
{
    const char *parent = getenv("TMPDIR");

    (void)state;
    if (parent == NULL || *parent == '\0')
        parent = "/tmp";
    if (snprintf(folder, sizeof folder, "%s/iscc-test-XXXXXX", parent) >= (int)sizeof folder)
        return -1;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

char *folder_path(const char *name)
{
    const size_t length = strlen(folder) + strlen(name) + 2;
    char *path = malloc(length);
    assert_non_null(path);
    snprintf(path, length, "%s/%s", folder, name);
    return path;
}

/* Calls `visit`, if there is one, for each entry, and counts them. */
static size_t for_each(int (*visit)(const char *path))
{
    size_t count = 0;
    const struct dirent *entry;

    DIR *directory = opendir(folder);
    assert_non_null(directory);
    while ((entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        char *path = folder_path(entry->d_name);
        if (visit != NULL)
            visit(path);
        free(path);
    }
    closedir(directory);
    return count;
}

int folder_remove(void **state)
{
    (void)state;
    for_each(remove);
    return rmdir(folder);
}

size_t folder_count(void)
{
    return for_each(NULL);
}

void folder_write(const char *name, const void *bytes, size_t size)
{
    char *path = folder_path(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    free(path);
}

int folder_holds(const char *name, const void *bytes, size_t size)
{
    char *path = folder_path(name);
    char *found = malloc(size + 1);
    FILE *file = fopen(path, "rb");
    assert_non_null(found);
    const int holds = file != NULL && fread(found, 1, size + 1, file) == size && memcmp(found, bytes, size) == 0;
    if (file != NULL)
        fclose(file);
    free(found);
    free(path);
    return holds;
}
