/* SPDX-License-Identifier: Apache-2.0 */
/* Reads an ignore file into a list of patterns. */
#include "filter/ignore_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/array.h"
#include "util/failure.h"
#include "util/file_identity.h"

enum { INITIAL_CAPACITY = 4096 };

/* Reads up to one byte more than the limit. st_size is no help, because it is 0 for some files that have contents, and
 * the file may change meanwhile. */
static int read_text(int descriptor, char **text, size_t *size)
{
    size_t capacity = 0;

    for (;;) {
        if (*size > IGNORE_FILE_MAX)
            return EFBIG;
        char *grown = array_grow(*text, &capacity, *size == 0 ? INITIAL_CAPACITY : *size + 1, 1);
        if (grown == NULL)
            return ENOMEM;
        *text = grown;
        const ssize_t got = read(descriptor, *text + *size, capacity - *size);
        if (got == 0)
            return 0;
        if (got > 0)
            *size += (size_t)got;
        else if (errno != EINTR)
            return errno;
    }
}

static int open_file(int directory, const char *name, int flags)
{
    int descriptor = -1;
    do {
        descriptor = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

/* If the file changed while being read, only half of its patterns might be in effect. */
static int read_unchanged(int descriptor, char **text, size_t *size)
{
    struct stat before;
    struct stat after;
    if (fstat(descriptor, &before) != 0)
        return errno;
    int error = read_text(descriptor, text, size);
    if (error != 0)
        return error;
    if (fstat(descriptor, &after) != 0)
        return errno;
    return !S_ISREG(before.st_mode) || file_is_unchanged(&before, &after) ? 0 : FAILURE_CHANGED;
}

static int read_patterns(int descriptor, struct ignore_list **list)
{
    char *text = NULL;
    size_t size = 0;
    int error = read_unchanged(descriptor, &text, &size);
    if (error == 0) {
        *list = ignore_parse(text, size);
        error = *list == NULL ? ENOMEM : 0;
    }
    free(text);
    return error;
}

int ignore_file_read(int directory, const char *name, struct ignore_list **list)
{
    struct stat status;
    int error = 0;
    *list = NULL;
    /* O_NONBLOCK: do not wait if the file has been replaced by a FIFO. */
    int descriptor = open_file(directory, name, O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0 || fstat(descriptor, &status) != 0)
        error = errno;
    else if (S_ISREG(status.st_mode))
        error = read_patterns(descriptor, list);
    if (descriptor >= 0)
        close(descriptor);
    return error;
}

int ignore_file_load(const char *path, struct ignore_list **list)
{
    *list = NULL;
    int descriptor = open_file(AT_FDCWD, path, 0);
    if (descriptor < 0)
        return errno;
    int error = read_patterns(descriptor, list);
    close(descriptor);
    return error;
}
