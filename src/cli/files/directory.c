/* SPDX-License-Identifier: Apache-2.0 */
/* A reference-counted directory descriptor. */
#include "files/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

struct directory {
    int descriptor;
    atomic_size_t references;
};

struct directory *directory_new(int descriptor)
{
    struct directory *directory = malloc(sizeof *directory);
    if (directory == NULL) {
        close(descriptor);
        return NULL;
    }
    directory->descriptor = descriptor;
    atomic_init(&directory->references, 1);
    return directory;
}

int directory_descriptor(const struct directory *directory)
{
    return directory->descriptor;
}

/* The caller already holds a reference, so no ordering is needed. */
struct directory *directory_hold(struct directory *directory)
{
    atomic_fetch_add_explicit(&directory->references, 1, memory_order_relaxed);
    return directory;
}

/* The descriptor must not be closed before every other thread is done with it, so each decrement releases and the last
 * one acquires. */
void directory_release(struct directory *directory)
{
    if (directory != NULL && atomic_fetch_sub_explicit(&directory->references, 1, memory_order_acq_rel) == 1) {
        close(directory->descriptor);
        free(directory);
    }
}

struct directory *directory_open(const struct directory *parent, const char *name, int *error)
{
    /* O_NONBLOCK: if the name has become a FIFO, O_DIRECTORY rejects it, but some systems open it first. */
    int descriptor = -1;
    do {
        descriptor = openat(parent->descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    } while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0) {
        *error = errno;
        return NULL;
    }
    struct directory *directory = directory_new(descriptor);
    *error = directory == NULL ? ENOMEM : 0;
    return directory;
}

int directory_stat(const struct directory *directory, const char *name, struct stat *status)
{
    return fstatat(directory->descriptor, name, status, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno;
}

bool directory_identify(const struct directory *directory, struct file_identity *identity)
{
    struct stat status;
    if (fstat(directory->descriptor, &status) != 0)
        return false;
    *identity = file_identity_of(&status);
    return true;
}

struct directory *directory_reopen(const struct directory *parent, const char *name,
                                   const struct file_identity *identity, int *error)
{
    struct directory *directory = directory_open(parent, name, error);
    struct file_identity found;
    if (directory == NULL)
        return NULL;
    if (!directory_identify(directory, &found))
        *error = errno;
    else if (!file_identity_equal(&found, identity))
        *error = ESTALE;
    if (*error != 0) {
        directory_release(directory);
        return NULL;
    }
    return directory;
}
