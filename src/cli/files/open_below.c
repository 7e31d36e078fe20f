/* SPDX-License-Identifier: Apache-2.0 */
/* Lets the kernel resolve the path, or resolves it part by part where the kernel cannot. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* O_PATH, syscall */
#endif
#include "files/open_below.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif

#ifdef O_PATH
#define PART_FLAGS (O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
#else
#define PART_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
#endif

#ifdef SYS_openat2

/* The kernel's interface (openat2(2)), which the C library may lack. */
struct how {
    uint64_t flags;
    uint64_t mode;
    uint64_t resolve;
};
#ifdef O_LARGEFILE
#define LARGE_FILES O_LARGEFILE /* which openat() adds by itself */
#else
#define LARGE_FILES 0
#endif
#define NO_LINKS_BENEATH UINT64_C(0x0c) /* RESOLVE_NO_SYMLINKS, RESOLVE_BENEATH */

/* Returns -2 if the kernel cannot, or a filter of system calls keeps it from trying. */
static int open_at_once(int directory, const char *path, int flags)
{
    const struct how how = {.flags = (uint64_t)(unsigned)(flags | LARGE_FILES), .resolve = NO_LINKS_BENEATH};
    const long descriptor = syscall(SYS_openat2, directory, path, &how, sizeof how);

    if (descriptor < 0 && (errno == ENOSYS || errno == EPERM || errno == EINVAL))
        return -2;
    return (int)descriptor;
}

#else

static int open_at_once(int directory, const char *path, int flags)
{
    (void)directory;
    (void)path;
    (void)flags;
    return -2;
}

#endif

static int open_by_parts(int directory, const char *path, int flags)
{
    char part[NAME_MAX + 1];
    int current = directory;

    for (const char *slash; (slash = strchr(path, '/')) != NULL; path = slash + 1) {
        const size_t size = (size_t)(slash - path);
        int next = -1;
        if (size >= sizeof part) {
            errno = ENAMETOOLONG;
        } else {
            memcpy(part, path, size);
            part[size] = '\0';
            next = openat(current, part, PART_FLAGS);
        }
        const int error = errno;
        if (current != directory)
            close(current);
        errno = error;
        if (next < 0)
            return -1;
        current = next;
    }
    /* With a mode, fortified headers leave the name of the function as it is, which tests replace. */
    const int descriptor = openat(current, path, flags | O_NOFOLLOW, 0);
    const int error = errno;
    if (current != directory)
        close(current);
    errno = error;
    return descriptor;
}

int open_below(int directory, const char *path, int flags)
{
    const int descriptor = strchr(path, '/') == NULL ? -2 : open_at_once(directory, path, flags);
    return descriptor == -2 ? open_by_parts(directory, path, flags) : descriptor;
}
