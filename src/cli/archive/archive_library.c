/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the functions of libarchive by their names. */
#include "archive/archive_library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* This major version has been current since libarchive 3.0. */
#define LIBRARY_NAME "libarchive.so.13"

static const struct {
    const char *name;
    size_t offset;
} functions[] = {
#define ARCHIVE_ROW(name) {"archive_" #name, offsetof(struct archive_library, name)},
    ARCHIVE_FUNCTIONS(ARCHIVE_ROW)
#undef ARCHIVE_ROW
};

/* POSIX lets a pointer to a function be stored as one to an object; C does not let it be converted. */
static bool find(void *handle, struct archive_library *library, const char *name, size_t offset)
{
    void *function = dlsym(handle, name);

    memcpy((char *)library + offset, &function, sizeof function);
    return function != NULL;
}

const struct archive_library *archive_library_load(void)
{
    static struct archive_library library;
    void *handle = dlopen(LIBRARY_NAME, RTLD_NOW | RTLD_LOCAL);

    for (size_t i = 0; handle != NULL && i < sizeof functions / sizeof functions[0]; i++)
        if (!find(handle, &library, functions[i].name, functions[i].offset))
            return NULL;
    return handle == NULL ? NULL : &library;
}
