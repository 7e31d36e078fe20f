/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A preloaded library: storage that makes one wait. To open a directory takes SLOW_DIRECTORY microseconds more, and to
 * open a file SLOW_FILE. At exit it writes to descriptor 9, for directories and then for files, how many were opened at
 * once, at most, and how many while another one was being opened.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct kind {
    const char *variable;
    atomic_int now;
    atomic_int most;
    atomic_int beside;
};

static struct kind directories = {.variable = "SLOW_DIRECTORY"};
static struct kind files = {.variable = "SLOW_FILE"};

__attribute__((destructor)) static void report(void)
{
    char line[64];
    const int size = snprintf(line, sizeof line, "%d %d %d %d\n", atomic_load(&directories.most),
                              atomic_load(&directories.beside), atomic_load(&files.most), atomic_load(&files.beside));
    (void)!write(9, line, (size_t)size);
}

static void wait_for(struct kind *kind)
{
    const char *text = getenv(kind->variable);
    const long microseconds = text != NULL ? strtol(text, NULL, 10) : 0;
    const struct timespec pause = {.tv_sec = microseconds / 1000000, .tv_nsec = microseconds % 1000000 * 1000};
    const int error = errno;
    const int now = atomic_fetch_add(&kind->now, 1) + 1;
    int most = atomic_load(&kind->most);
    while (most < now && !atomic_compare_exchange_weak(&kind->most, &most, now))
        continue;
    atomic_fetch_add(&kind->beside, now > 1);
    nanosleep(&pause, NULL);
    atomic_fetch_sub(&kind->now, 1);
    errno = error;
}

/* The type of openat. */
typedef int opener(int directory, const char *path, int flags, ...);

static int open_slowly(const char *symbol, int directory, const char *path, int flags, mode_t mode)
{
    opener *open_at = NULL;
    *(void **)&open_at = dlsym(RTLD_NEXT, symbol);
    wait_for((flags & O_DIRECTORY) != 0 ? &directories : &files);
    return open_at(directory, path, flags, mode);
}

int openat(int directory, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return open_slowly("openat", directory, path, flags, mode);
}

int openat64(int directory, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return open_slowly("openat64", directory, path, flags, mode);
}
