/* SPDX-License-Identifier: Apache-2.0 */
/* Atomic replacement of a file, and its clean-up when a signal ends the program. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* statx */
#endif
#include "output/replacement.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "util/file_identity.h"

/* As many links as Linux follows in one path. */
#define LINKS_MAX 40

/* The signals that end a program by default, but for those that tell of its own faults (no code of it is to be trusted
 * then), those of real time, SIGKILL, which nobody catches, and SIGXFSZ, which main.c ignores. */
static const int ending_signals[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGPIPE,   SIGALRM, SIGTERM,
                                     SIGUSR1, SIGUSR2, SIGXCPU, SIGVTALRM, SIGPROF};
#define ENDING_SIGNALS (sizeof ending_signals / sizeof ending_signals[0])

/* The file that is to go when the program ends, if there is one. The path is never freed, and changes only while there
 * is none: a handler may read it on any thread at any time. To remove a file that was renamed a moment before does no
 * harm. */
static char temporary[PATH_MAX];
static atomic_bool is_doomed;

static void remove_doomed(void)
{
    if (atomic_load(&is_doomed))
        unlink(temporary);
}

/* unlink, sigaction and raise are async-signal-safe (POSIX.1-2008, 2.4.3). The signal is delivered again, for good,
 * when the handler returns. */
static void remove_and_die(int signal_number)
{
    remove_doomed();
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

/* A signal that the parent had ignored (nohup) stays ignored, and one that something else catches is its own. */
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

/* A library may end the program by exit(), where nobody drops the file. */
static bool clean_up_at_exit(void)
{
    static bool is_registered;
    if (!is_registered && atexit(remove_doomed) != 0) {
        errno = ENOMEM;
        return false;
    }
    is_registered = true;
    return true;
}

/* How much of a path comes before its last name: nothing, or all up to a slash. */
static size_t folder_size(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* What a link at `path` says, as a path from where `path` starts. */
static char *follow(const char *path, const char *link, size_t link_size)
{
    const size_t folder = link[0] == '/' ? 0 : folder_size(path);
    char *followed = malloc(folder + link_size + 1);
    if (followed != NULL) {
        memcpy(followed, path, folder);
        memcpy(followed + folder, link, link_size);
        followed[folder + link_size] = '\0';
    }
    return followed;
}

/* The path itself, or what it leads to where it is a link, so that the link stays. Not by realpath: a link may lead to
 * a file that is still to be made. */
static char *resolve(const char *path)
{
    char link[PATH_MAX];
    char *resolved = strdup(path);

    for (unsigned links = 0; resolved != NULL; links++) {
        const ssize_t size = readlink(resolved, link, sizeof link);
        if (size <= 0)
            return resolved;
        char *followed = links < LINKS_MAX ? follow(resolved, link, (size_t)size) : NULL;
        if (links == LINKS_MAX)
            errno = ELOOP;
        const int error = errno;
        free(resolved);
        errno = error;
        resolved = followed;
    }
    return NULL;
}

/* A name in the target's folder that differs from one run to the next, and is not longer where the target's is. */
static bool name_temporary(const char *target, unsigned attempt)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    const size_t folder = folder_size(target);
    if (folder < sizeof temporary) {
        const size_t room = sizeof temporary - folder;
        memcpy(temporary, target, folder);
        const int size = snprintf(temporary + folder, room, ".iscc-%" PRIxMAX "-%lx-%u.tmp", (uintmax_t)getpid(),
                                  (unsigned long)now.tv_nsec, attempt);
        if (size > 0 && (size_t)size < room)
            return true;
    }
    errno = ENAMETOOLONG;
    return false;
}

static int create_unguarded(const char *target, mode_t mode)
{
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        if (!name_temporary(target, attempt))
            return -1;
        int descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
    return -1;
}

/* Creates the file. An ending signal comes before it exists or after the handler knows of it. */
static int create_beside(const char *target, mode_t mode)
{
    const sigset_t ending = ending_signal_set();
    sigset_t before;

    sigprocmask(SIG_BLOCK, &ending, &before);
    int descriptor = create_unguarded(target, mode);
    const int error = errno;
    atomic_store(&is_doomed, descriptor >= 0);
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return descriptor;
}

/* Whether something is mounted on the file, as it is where a container has been given a single file: no other one can
 * take its place then, which would be found out when all is done. */
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

/* Whether the new file may take the target's place. The old one may not be writable for us even where its folder is. */
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
    /* A link of /proc to an open file leads there even where its text does not. */
    if (!file_is_same(&status, old))
        errno = ENOENT;
    else if (is_mount(target))
        errno = EBUSY;
    else
        return true;
    return false;
}

/*
 * Gives the new file the owner, the group and the permissions of the old one. Only root gives files away, and others
 * only to groups of their own: where the group is another one, it may do what the old one might if all others might.
 * Rights to run as the owner or the group are not handed on, as no write to a file leaves them.
 */
static bool take_access(int descriptor, const struct stat *old)
{
    mode_t mode = old->st_mode & 0777;
    struct stat own;

    if (fchown(descriptor, old->st_uid, old->st_gid) != 0 && fchown(descriptor, (uid_t)-1, old->st_gid) != 0 &&
        (fstat(descriptor, &own) != 0 || own.st_gid != old->st_gid))
        mode &= ~(mode_t)S_IRWXG | (mode & S_IRWXO) << 3;
    return fchmod(descriptor, mode) == 0;
}

/* Opens the new file with the access of the old one, if there is one; nobody else may open it before it has that. */
static int open_beside(struct replacement *replacement, const struct stat *old)
{
    if (!may_replace(replacement->target, old) || !clean_up_at_exit())
        return -1;
    catch_ending_signals();
    replacement->descriptor = create_beside(replacement->target, old != NULL ? 0600 : 0666);
    if (replacement->descriptor >= 0 && old != NULL && !take_access(replacement->descriptor, old))
        replacement_drop(replacement);
    return replacement->descriptor;
}

char *replacement_place(const char *path)
{
    struct stat status;

    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return strdup(path);
    char *place = resolve(path);
    if (place == NULL)
        return NULL;
    const size_t folder = folder_size(place);
    if (folder > 0) {
        place[folder] = '\0';
        return place;
    }
    free(place);
    return strdup(".");
}

/* As many as a shell can name. */
enum { DESCRIPTORS_GIVEN = 10 };

/*
 * The descriptor that a path such as /dev/stdout means, or -1. Where it is open on a regular file, Linux has the path
 * lead to that file; but to replace the file would lose what others that have it open write to it, the shell's next
 * command among them.
 */
static int find_descriptor(const char *path, const struct stat *target)
{
    struct stat status;

    if ((strncmp(path, "/dev/", 5) != 0 && strncmp(path, "/proc/", 6) != 0) || lstat(path, &status) != 0 ||
        !S_ISLNK(status.st_mode))
        return -1;
    for (int descriptor = STDIN_FILENO; descriptor < DESCRIPTORS_GIVEN; descriptor++)
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
    const int given = exists ? find_descriptor(path, &status) : -1;
    if (given >= 0)
        return fcntl(given, F_DUPFD_CLOEXEC, DESCRIPTORS_GIVEN);
    replacement->target = resolve(path);
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

static void forget(struct replacement *replacement)
{
    const int error = errno;
    atomic_store(&is_doomed, false);
    free(replacement->target);
    *replacement = (struct replacement){.descriptor = -1};
    errno = error;
}

void replacement_drop(struct replacement *replacement)
{
    const int error = errno;
    if (replacement->descriptor < 0)
        return;
    close(replacement->descriptor);
    unlink(temporary);
    errno = error;
    forget(replacement);
}

bool replacement_commit(struct replacement *replacement)
{
    const bool durable = fsync(replacement->descriptor) == 0 || errno == EINVAL;
    const int error = errno;
    const bool closed = close(replacement->descriptor) == 0;
    bool done = durable && closed;

    if (!durable)
        errno = error;
    done = done && rename(temporary, replacement->target) == 0;
    if (!done) {
        const int reason = errno;
        unlink(temporary);
        errno = reason;
    }
    forget(replacement);
    return done;
}
