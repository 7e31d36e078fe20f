/* SPDX-License-Identifier: Apache-2.0 */
/* Atomic replacement of a file, and its clean-up when a signal ends the program. */
#include "replacement.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The signals that end a program from outside, and the one that a closed pipe sends. */
static const int ending_signals[] = {SIGHUP, SIGINT, SIGPIPE, SIGTERM};
#define ENDING_SIGNALS (sizeof ending_signals / sizeof ending_signals[0])

/* What the signal handler removes. To remove a file that was renamed a moment before does no harm. */
static const char *volatile doomed_path;

/* unlink, sigaction and raise are async-signal-safe (POSIX.1-2008, 2.4.3). The signal is delivered again, for good,
 * when the handler returns. */
static void remove_and_die(int signal_number)
{
    if (doomed_path != NULL)
        unlink(doomed_path);
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

/* A signal that the parent had ignored (nohup) stays ignored. */
static void catch_ending_signals(void)
{
    for (size_t i = 0; i < ENDING_SIGNALS; i++) {
        struct sigaction action;
        if (sigaction(ending_signals[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN)
            continue;
        action = (struct sigaction){.sa_handler = remove_and_die, .sa_mask = ending_signal_set()};
        sigaction(ending_signals[i], &action, NULL);
    }
}

/* The path itself, or what it leads to where it is a link, so that the link stays. */
static char *resolve(const char *path)
{
    char *resolved = realpath(path, NULL);
    return resolved != NULL || errno != ENOENT ? resolved : strdup(path);
}

/* A name beside the target that differs from one run to the next. */
static char *temporary_name(const char *target, unsigned attempt)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    const size_t room = strlen(target) + 48;
    char *name = malloc(room);
    if (name != NULL)
        snprintf(name, room, "%s.%" PRIxMAX "-%lx-%u.tmp", target, (uintmax_t)getpid(), (unsigned long)now.tv_nsec,
                 attempt);
    return name;
}

static int create_unguarded(struct replacement *replacement)
{
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        char *name = temporary_name(replacement->target, attempt);
        if (name == NULL)
            return -1;
        int descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0) {
            replacement->temporary = name;
            return descriptor;
        }
        const int error = errno;
        free(name);
        errno = error;
        if (error != EEXIST)
            return -1;
    }
    return -1;
}

/* Creates the file. An ending signal comes before it exists or after the handler knows of it. */
static int create_beside(struct replacement *replacement)
{
    const sigset_t ending = ending_signal_set();
    sigset_t before;

    sigprocmask(SIG_BLOCK, &ending, &before);
    int descriptor = create_unguarded(replacement);
    const int error = errno;
    doomed_path = replacement->temporary;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return descriptor;
}

int replacement_open(struct replacement *replacement, const char *path)
{
    struct stat status;

    *replacement = (struct replacement){.descriptor = -1};
    const bool exists = stat(path, &status) == 0;
    if (exists && !S_ISREG(status.st_mode))
        return open(path, O_WRONLY | O_CLOEXEC);
    replacement->target = resolve(path);
    if (replacement->target == NULL)
        return -1;
    /* The file may not be writable for us even where its directory is. */
    if (exists && access(path, W_OK) != 0)
        goto out;
    catch_ending_signals();
    replacement->descriptor = create_beside(replacement);
    if (replacement->descriptor < 0)
        goto out;
    if (exists && fchmod(replacement->descriptor, status.st_mode & 07777) != 0) {
        replacement_drop(replacement);
        return -1;
    }
    return replacement->descriptor;
out:
    free(replacement->target);
    replacement->target = NULL;
    return -1;
}

static void forget(struct replacement *replacement)
{
    const int error = errno;
    doomed_path = NULL;
    free(replacement->target);
    free(replacement->temporary);
    *replacement = (struct replacement){.descriptor = -1};
    errno = error;
}

void replacement_drop(struct replacement *replacement)
{
    const int error = errno;
    if (replacement->descriptor < 0)
        return;
    close(replacement->descriptor);
    unlink(replacement->temporary);
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
    done = done && rename(replacement->temporary, replacement->target) == 0;
    if (!done) {
        const int reason = errno;
        unlink(replacement->temporary);
        errno = reason;
    }
    forget(replacement);
    return done;
}
