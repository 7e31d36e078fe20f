/* SPDX-License-Identifier: Apache-2.0 */
/* Atomic replacement of a file, with cleanup if a signal ends the program. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* statx, O_TMPFILE */
#endif
#include "output/replacement.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/temporary_name.h"
#include "util/file_identity.h"

/* Linux's own limit on the symbolic links followed in one path. */
#define LINKS_MAX 40

/* The signals that end a program by default, except those caused by its own faults (after which its code cannot be
 * trusted), real-time signals, SIGKILL, which cannot be caught, SIGXFSZ, which main.c ignores, and SIGUSR1, which asks
 * for progress. */
static const int ending_signals[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGPIPE,   SIGALRM,
                                     SIGTERM, SIGUSR2, SIGXCPU, SIGVTALRM, SIGPROF};
#define ENDING_SIGNALS (sizeof ending_signals / sizeof ending_signals[0])

/* The file to remove if the program ends early. The path is never freed and is only written while has_temporary is
 * false, so a signal handler on any thread can read it at any time. It does no harm to unlink a path that has just been
 * renamed. */
static char temporary[PATH_MAX];
static atomic_bool has_temporary;

static void remove_temporary(void)
{
    if (atomic_load(&has_temporary))
        unlink(temporary);
}

/* unlink, sigaction and raise are async-signal-safe (POSIX.1-2008, 2.4.3). The signal is raised again and takes its
 * default action when the handler returns. */
static void remove_and_die(int signal_number)
{
    remove_temporary();
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigaction(signal_number, &action, NULL);
    raise(signal_number);
}

static sigset_t ending_signal_set(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < ENDING_SIGNALS; i++)
        sigaddset(&set, ending_signals[i]);
    return set;
}

/* Signals ignored by the parent (nohup) stay ignored, and signals with another handler are left alone. */
static void catch_ending_signals(void)
{
    for (size_t i = 0; i < ENDING_SIGNALS; i++) {
        struct sigaction action;
        if (sigaction(ending_signals[i], NULL, &action) != 0 || action.sa_handler != SIG_DFL)
            continue;
        action = (struct sigaction){.sa_handler = remove_and_die, .sa_mask = ending_signal_set()};
        sigaction(ending_signals[i], &action, NULL);
    }
}

/* A library may call exit(), in which case nothing else discards the file. */
static bool clean_up_at_exit(void)
{
    static bool is_registered;
    if (!is_registered && atexit(remove_temporary) != 0) {
        errno = ENOMEM;
        return false;
    }
    is_registered = true;
    return true;
}

/* The length of the directory part of a path, including the slash; 0 if there is none. */
static size_t directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* Resolves the target of the symbolic link at `path` relative to the directory of `path`. The caller frees it. */
static char *join_link(const char *path, const char *link, size_t link_size)
{
    const size_t length = link[0] == '/' ? 0 : directory_length(path);
    char *joined = malloc(length + link_size + 1);
    if (joined != NULL) {
        memcpy(joined, path, length);
        memcpy(joined + length, link, link_size);
        joined[length + link_size] = '\0';
    }
    return joined;
}

/* Follows symbolic links, so that the link itself is kept and its target replaced. realpath() will not do, because the
 * target may not exist yet. */
char *replacement_target(const char *path)
{
    char link[PATH_MAX];
    char *resolved = strdup(path);

    for (unsigned links = 0; resolved != NULL; links++) {
        const ssize_t size = readlink(resolved, link, sizeof link);
        if (size <= 0)
            return resolved;
        char *joined = links < LINKS_MAX ? join_link(resolved, link, (size_t)size) : NULL;
        if (links == LINKS_MAX)
            errno = ELOOP;
        const int error = errno;
        free(resolved);
        errno = error;
        resolved = joined;
    }
    return NULL;
}

/* Makes up a temporary name in the target's directory. */
static bool name_temporary(const char *target, unsigned attempt)
{
    const size_t length = directory_length(target);

    if (length < sizeof temporary) {
        memcpy(temporary, target, length);
        if (temporary_name_make(temporary + length, sizeof temporary - length, attempt))
            return true;
    }
    errno = ENAMETOOLONG;
    return false;
}

/* A path to an open file that linkat() follows. */
struct descriptor_path {
    char text[32];
};

static struct descriptor_path descriptor_path_of(int descriptor)
{
    struct descriptor_path path;

    snprintf(path.text, sizeof path.text, "/proc/self/fd/%d", descriptor);
    return path;
}

/* Creates a file with a temporary name, or gives one to the unnamed file if its descriptor is not -1. Ending signals
 * are blocked in this thread meanwhile; in another one, has_temporary makes their handler remove the file. */
static int create_beside(const char *target, mode_t mode, int unnamed)
{
    const struct descriptor_path path = descriptor_path_of(unnamed);
    int descriptor = -1;

    for (unsigned attempt = 0; descriptor < 0 && attempt < 100; attempt++) {
        if (!name_temporary(target, attempt))
            return -1;
        atomic_store(&has_temporary, true);
        if (unnamed < 0)
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        else if (linkat(AT_FDCWD, path.text, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0)
            descriptor = unnamed;
        atomic_store(&has_temporary, descriptor >= 0);
        if (descriptor < 0 && errno != EEXIST)
            return -1;
    }
    return descriptor;
}

/* Does the same without a signal in between. */
static int create_guarded(const char *target, mode_t mode, int unnamed)
{
    const sigset_t ending = ending_signal_set();
    sigset_t before;

    sigprocmask(SIG_BLOCK, &ending, &before);
    const int descriptor = create_beside(target, mode, unnamed);
    const int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return descriptor;
}

/* Opens a file in the target's directory that has no name yet, so that it goes when the process ends, whatever ends it.
 * Returns -1 if the system or the file system cannot do that, or could not give it a name later: without /proc, or if
 * the file is to belong to another user, whose files the system may refuse to link (protected_hardlinks). */
static int open_unnamed(const char *target, mode_t mode, const struct stat *old)
{
#if defined O_TMPFILE
    char directory[PATH_MAX] = ".";
    const size_t length = directory_length(target);

    if (length >= sizeof directory || (old != NULL && old->st_uid != geteuid()))
        return -1;
    if (length > 0) {
        memcpy(directory, target, length);
        directory[length] = '\0';
    }
    const int descriptor = open(directory, O_WRONLY | O_TMPFILE | O_CLOEXEC, mode);
    if (descriptor < 0 || access(descriptor_path_of(descriptor).text, F_OK) == 0)
        return descriptor;
    close(descriptor);
#else
    (void)target;
    (void)mode;
    (void)old;
#endif
    return -1;
}

/* Whether the file is a mount point, as when a single file is bind-mounted into a container. Such a file cannot be
 * replaced by rename, which would otherwise only fail after all the work is done. */
static bool is_mount(const char *path)
{
#if defined STATX_ATTR_MOUNT_ROOT
    struct statx status;
    return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, 0, &status) == 0 &&
           (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
#else
    (void)path;
    return false;
#endif
}

/* Whether the target may be replaced. The old file may be read-only even if its directory is writable. */
static bool may_replace(const char *target, const struct stat *old)
{
    struct stat status;

    if (target[0] == '\0') {
        errno = ENOENT;
        return false;
    }
    if (old == NULL)
        return true;
    if (access(target, W_OK) != 0 || stat(target, &status) != 0)
        return false;
    /* A link in /proc to an open file refers to that file even if its text does not. */
    if (!file_is_same(&status, old))
        errno = ENOENT;
    else if (is_mount(target))
        errno = EBUSY;
    else
        return true;
    return false;
}

/* Copies the owner, group and permissions of the old file. Only root can change the owner, and other users can only
 * choose among their own groups. If the group cannot be kept, the new group gets no more rights than others had. The
 * set-user-ID and set-group-ID bits are dropped, as they are by any write to a file. On file systems where all files
 * have the same mode, changing it may fail. */
static bool copy_access(int descriptor, const struct stat *old)
{
    mode_t mode = old->st_mode & 0777;
    struct stat own;

    if (fchown(descriptor, old->st_uid, old->st_gid) != 0 && fchown(descriptor, (uid_t)-1, old->st_gid) != 0 &&
        (fstat(descriptor, &own) != 0 || own.st_gid != old->st_gid))
        mode &= ~(mode_t)S_IRWXG | (mode & S_IRWXO) << 3;
    return fchmod(descriptor, mode) == 0 || (fstat(descriptor, &own) == 0 && (own.st_mode & 0777) == mode);
}

/* If there is an old file, the new one is created private and gets the old one's access rights before anything is
 * written. */
static int open_beside(struct replacement *replacement, const struct stat *old)
{
    if (!may_replace(replacement->target, old) || !clean_up_at_exit())
        return -1;
    const mode_t mode = old != NULL ? 0600 : 0666;
    catch_ending_signals();
    replacement->descriptor = open_unnamed(replacement->target, mode, old);
    replacement->is_unnamed = replacement->descriptor >= 0;
    if (!replacement->is_unnamed)
        replacement->descriptor = create_guarded(replacement->target, mode, -1);
    if (replacement->descriptor >= 0 && old != NULL && !copy_access(replacement->descriptor, old))
        replacement_discard(replacement);
    return replacement->descriptor;
}

char *replacement_location(const char *path)
{
    struct stat status;

    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return strdup(path);
    char *location = replacement_target(path);
    if (location == NULL)
        return NULL;
    const size_t length = directory_length(location);
    if (length > 0) {
        location[length] = '\0';
        return location;
    }
    free(location);
    return strdup(".");
}

/* The descriptors a shell can redirect by number: 0 to 9. */
enum { INHERITED_DESCRIPTORS = 10 };

/* The inherited descriptor that a path such as /dev/stdout refers to, or -1. On Linux such a path leads to the file
 * itself if the descriptor is open on a regular file. Replacing that file would lose what other processes write to it,
 * such as the next command in the shell script. */
static int find_inherited_descriptor(const char *path, const struct stat *target)
{
    struct stat status;

    if ((strncmp(path, "/dev/", 5) != 0 && strncmp(path, "/proc/", 6) != 0) || lstat(path, &status) != 0 ||
        !S_ISLNK(status.st_mode))
        return -1;
    for (int descriptor = STDIN_FILENO; descriptor < INHERITED_DESCRIPTORS; descriptor++)
        if (fstat(descriptor, &status) == 0 && file_is_same(&status, target) &&
            (fcntl(descriptor, F_GETFL) & O_ACCMODE) != O_RDONLY)
            return descriptor;
    return -1;
}

int replacement_open(struct replacement *replacement, const char *path)
{
    struct stat status;

    *replacement = (struct replacement){.descriptor = -1};
    const bool exists = stat(path, &status) == 0;
    if (exists && !S_ISREG(status.st_mode))
        return open(path, O_WRONLY | O_CLOEXEC);
    const int inherited = exists ? find_inherited_descriptor(path, &status) : -1;
    if (inherited >= 0)
        return fcntl(inherited, F_DUPFD_CLOEXEC, INHERITED_DESCRIPTORS);
    replacement->target = replacement_target(path);
    if (replacement->target == NULL)
        return -1;
    const int descriptor = open_beside(replacement, exists ? &status : NULL);
    if (descriptor < 0) {
        const int error = errno;
        free(replacement->target);
        replacement->target = NULL;
        errno = error;
    }
    return descriptor;
}

static void unlink_temporary(void)
{
    const int error = errno;
    remove_temporary();
    errno = error;
}

static void reset(struct replacement *replacement)
{
    const int error = errno;
    atomic_store(&has_temporary, false);
    free(replacement->target);
    *replacement = (struct replacement){.descriptor = -1};
    errno = error;
}

void replacement_discard(struct replacement *replacement)
{
    const int error = errno;
    if (replacement->descriptor < 0)
        return;
    close(replacement->descriptor);
    errno = error;
    unlink_temporary();
    reset(replacement);
}

bool replacement_commit(struct replacement *replacement)
{
    const bool durable = fsync(replacement->descriptor) == 0 || errno == EINVAL;
    bool done =
        durable && (!replacement->is_unnamed || create_guarded(replacement->target, 0, replacement->descriptor) >= 0);
    const int error = errno;
    const bool closed = close(replacement->descriptor) == 0;

    if (!done)
        errno = error;
    done = done && closed && rename(temporary, replacement->target) == 0;
    if (!done)
        unlink_temporary();
    reset(replacement);
    return done;
}
