/* SPDX-License-Identifier: Apache-2.0 */
/* Opens a long path prefix by prefix, each short enough for the system. */
#include "files/long_path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* PATH_MAX counts the terminating NUL. */
enum { PREFIX_MAX = PATH_MAX - 1 };

/* The length of the longest prefix that ends before a slash and is at most PREFIX_MAX; 0 if there is none. */
static size_t prefix_length(const char *path)
{
    size_t size = PREFIX_MAX;
    while (size > 0 && path[size] != '/')
        size--;
    return size;
}

int long_path_open(struct long_path *long_path, const struct directory *base, const char *path, size_t size)
{
    char prefix[PATH_MAX];

    *long_path = (struct long_path){.directory = base == NULL ? AT_FDCWD : directory_descriptor(base), .name = path};
    while (size > PREFIX_MAX) {
        const size_t length = prefix_length(long_path->name);
        memcpy(prefix, long_path->name, length);
        prefix[length] = '\0';
        const int next = length == 0 ? -1 : openat(long_path->directory, prefix, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const int error = length == 0 ? ENAMETOOLONG : errno;
        long_path_close(long_path);
        if (next < 0)
            return error;
        long_path->directory = next;
        long_path->is_open = true;
        long_path->name += length;
        size -= length;
        /* The rest must be relative to the directory just opened. */
        for (; size > 0 && *long_path->name == '/'; size--)
            long_path->name++;
        if (size == 0)
            long_path->name = ".";
    }
    return 0;
}

void long_path_close(struct long_path *long_path)
{
    if (long_path->is_open)
        close(long_path->directory);
    long_path->is_open = false;
}

/* Closes the path, but keeps errno. */
static void close_path(struct long_path *long_path)
{
    const int error = errno;

    long_path_close(long_path);
    errno = error;
}

int long_path_stat(const struct directory *base, const char *path, struct stat *status)
{
    struct long_path long_path;

    errno = long_path_open(&long_path, base, path, strlen(path));
    if (errno != 0)
        return -1;
    const int result = fstatat(long_path.directory, long_path.name, status, 0);
    close_path(&long_path);
    return result;
}

int long_path_descriptor(const struct directory *base, const char *path, int flags)
{
    struct long_path long_path;

    errno = long_path_open(&long_path, base, path, strlen(path));
    if (errno != 0)
        return -1;
    const int descriptor = openat(long_path.directory, long_path.name, flags);
    close_path(&long_path);
    return descriptor;
}
