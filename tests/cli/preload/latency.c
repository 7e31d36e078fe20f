/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded for scripts/checks/mpi.sh: storage that takes a millisecond for each directory that is opened, and half of
 * one for each file. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { DIRECTORY_NANOSECONDS = 1000000, FILE_NANOSECONDS = 500000 };

static void wait_for(long nanoseconds)
{
    const struct timespec pause = {.tv_nsec = nanoseconds};
    nanosleep(&pause, NULL);
}

/* What is opened without O_CLOEXEC is not the program's work. */
static void wait_for_flags(int flags)
{
    if ((flags & O_ACCMODE) == O_RDONLY && (flags & O_CLOEXEC) != 0)
        wait_for((flags & O_DIRECTORY) != 0 ? DIRECTORY_NANOSECONDS : FILE_NANOSECONDS);
}

int openat(int directory, const char *name, int flags, ...)
{
    int (*next)(int, const char *, int, ...) = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat");

    wait_for_flags(flags);
    return next(directory, name, flags);
}

int openat64(int directory, const char *name, int flags, ...)
{
    return openat(directory, name, flags);
}

/* openat2(), for which the C library has no function. */
long syscall(long number, ...)
{
    long (*next)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    long argument[6];
    va_list list;

    va_start(list, number);
    for (size_t i = 0; i < 6; i++)
        argument[i] = va_arg(list, long);
    va_end(list);
#ifdef SYS_openat2
    if (number == SYS_openat2)
        wait_for_flags((int)*(const unsigned long *)argument[2]);
#endif
    return next(number, argument[0], argument[1], argument[2], argument[3], argument[4], argument[5]);
}
