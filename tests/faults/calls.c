/* SPDX-License-Identifier: Apache-2.0 */
/* The program's calls to the system, in place of the C library's. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "faults.h"

/* Finds the function that ours replaces: the C library's, or a sanitizer's. Copies the pointer, as standard C cannot
 * convert an object pointer to a function pointer. */
static void look_behind(void *function, const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
}

#define BEHIND(name)                                                                                                   \
    __typeof__(&name) behind;                                                                                          \
    look_behind(&behind, #name)

/* A call that either fails or is passed on. */
#define WRAP(type, failure, name, parameters, arguments, call, descriptor, path)                                       \
    type name parameters                                                                                               \
    {                                                                                                                  \
        BEHIND(name);                                                                                                  \
        return faults_decide(call, descriptor, path) == OUTCOME_ERROR ? (failure) : behind arguments;                  \
    }

WRAP(int, -1, fstat, (int d, struct stat *s), (d, s), CALL_STAT, d, NULL)
WRAP(int, -1, fstat64, (int d, struct stat64 *s), (d, s), CALL_STAT, d, NULL)
WRAP(int, -1, stat, (const char *p, struct stat *s), (p, s), CALL_STAT, -1, p)
WRAP(int, -1, stat64, (const char *p, struct stat64 *s), (p, s), CALL_STAT, -1, p)
WRAP(int, -1, lstat, (const char *p, struct stat *s), (p, s), CALL_STAT, -1, p)
WRAP(int, -1, lstat64, (const char *p, struct stat64 *s), (p, s), CALL_STAT, -1, p)
WRAP(int, -1, fstatat, (int d, const char *p, struct stat *s, int f), (d, p, s, f), CALL_STAT, d, p)
WRAP(int, -1, fstatat64, (int d, const char *p, struct stat64 *s, int f), (d, p, s, f), CALL_STAT, d, p)

/* If time_t has 32 bits by default, a program built with _TIME_BITS=64 calls these. */
#if defined __TIMESIZE && __TIMESIZE == 32
int __fstat64_time64(int descriptor, void *status);
int __stat64_time64(const char *path, void *status);
int __lstat64_time64(const char *path, void *status);
int __fstatat64_time64(int directory, const char *path, void *status, int flags);
WRAP(int, -1, __fstat64_time64, (int d, void *s), (d, s), CALL_STAT, d, NULL)
WRAP(int, -1, __stat64_time64, (const char *p, void *s), (p, s), CALL_STAT, -1, p)
WRAP(int, -1, __lstat64_time64, (const char *p, void *s), (p, s), CALL_STAT, -1, p)
WRAP(int, -1, __fstatat64_time64, (int d, const char *p, void *s, int f), (d, p, s, f), CALL_STAT, d, p)
#endif

WRAP(int, -1, fsync, (int d), (d), CALL_SYNC, d, NULL)
WRAP(int, -1, rename, (const char *from, const char *to), (from, to), CALL_RENAME, -1, to)
WRAP(int, -1, linkat, (int d, const char *from, int e, const char *to, int f), (d, from, e, to, f), CALL_LINK, e, to)
WRAP(int, -1, unlink, (const char *p), (p), CALL_UNLINK, -1, p)
WRAP(int, -1, fchmod, (int d, mode_t m), (d, m), CALL_CHMOD, d, NULL)
WRAP(ssize_t, -1, readlink, (const char *p, char *b, size_t n), (p, b, n), CALL_READLINK, -1, p)
WRAP(int, -1, access, (const char *p, int m), (p, m), CALL_ACCESS, -1, p)
WRAP(off_t, -1, lseek, (int d, off_t o, int w), (d, o, w), CALL_SEEK, d, NULL)
WRAP(off64_t, -1, lseek64, (int d, off64_t o, int w), (d, o, w), CALL_SEEK, d, NULL)
WRAP(pid_t, -1, fork, (void), (), CALL_FORK, -1, NULL)
WRAP(int, -1, pipe2, (int e[2], int f), (e, f), CALL_PIPE, -1, NULL)
WRAP(int, -1, socketpair, (int d, int t, int p, int e[2]), (d, t, p, e), CALL_PIPE, -1, NULL)
WRAP(ssize_t, -1, sendmsg, (int d, const struct msghdr *m, int f), (d, m, f), CALL_PIPE, d, NULL)
WRAP(ssize_t, -1, recvmsg, (int d, struct msghdr *m, int f), (d, m, f), CALL_PIPE, d, NULL)
WRAP(FILE *, NULL, fopen, (const char *p, const char *m), (p, m), CALL_OPEN, -1, p)
WRAP(FILE *, NULL, fopen64, (const char *p, const char *m), (p, m), CALL_OPEN, -1, p)
WRAP(ssize_t, -1, getline, (char **l, size_t *n, FILE *f), (l, n, f), CALL_READ, fileno(f), NULL)
WRAP(ssize_t, -1, getdelim, (char **l, size_t *n, int c, FILE *f), (l, n, c, f), CALL_READ, fileno(f), NULL)
WRAP(ssize_t, -1, __getdelim, (char **l, size_t *n, int c, FILE *f), (l, n, c, f), CALL_READ, fileno(f), NULL)

/* Even a close that fails has closed the descriptor, as on Linux. */
int close(int descriptor)
{
    BEHIND(close);
    const enum outcome outcome = faults_decide(CALL_CLOSE, descriptor, NULL);
    const int error = errno;
    const int result = behind(descriptor);

    if (outcome != OUTCOME_ERROR)
        return result;
    errno = error;
    return -1;
}

ssize_t read(int descriptor, void *buffer, size_t size)
{
    BEHIND(read);
    const enum outcome outcome = faults_decide(CALL_READ, descriptor, NULL);

    if (outcome == OUTCOME_ERROR)
        return -1;
    if (outcome == OUTCOME_END)
        return 0;
    return behind(descriptor, buffer, outcome == OUTCOME_SHORT && size > 0 ? 1 : size);
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    BEHIND(write);
    const enum outcome outcome = faults_decide(CALL_WRITE, descriptor, NULL);

    if (outcome == OUTCOME_ERROR)
        return -1;
    return behind(descriptor, bytes, outcome == OUTCOME_SHORT && size > 0 ? 1 : size);
}

/* ---- Calls with an optional mode ---- */

static bool is_unnamed(int flags)
{
    return (flags & O_TMPFILE) == O_TMPFILE;
}

static enum call call_of_open(int flags)
{
    return is_unnamed(flags) ? CALL_UNNAMED : CALL_OPEN;
}

#define MODE(flags, mode)                                                                                              \
    mode_t mode = 0;                                                                                                   \
    if (((flags)&O_CREAT) != 0 || is_unnamed(flags)) {                                                                 \
        va_list list;                                                                                                  \
        va_start(list, flags);                                                                                         \
        mode = va_arg(list, mode_t);                                                                                   \
        va_end(list);                                                                                                  \
    }

#define WRAP_OPEN(name)                                                                                                \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        BEHIND(name);                                                                                                  \
        MODE(flags, mode)                                                                                              \
        return faults_decide(call_of_open(flags), -1, path) == OUTCOME_ERROR ? -1 : behind(path, flags, mode);         \
    }

#define WRAP_OPENAT(name)                                                                                              \
    int name(int directory, const char *path, int flags, ...)                                                          \
    {                                                                                                                  \
        BEHIND(name);                                                                                                  \
        MODE(flags, mode)                                                                                              \
        return faults_decide(call_of_open(flags), directory, path) == OUTCOME_ERROR                                    \
                   ? -1                                                                                                \
                   : behind(directory, path, flags, mode);                                                             \
    }

WRAP_OPEN(open)
WRAP_OPEN(open64)
WRAP_OPENAT(openat)
WRAP_OPENAT(openat64)

/* _FORTIFY_SOURCE turns calls without a mode into these. */
int __open_2(const char *path, int flags);
int __openat_2(int directory, const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat64_2(int directory, const char *path, int flags);
WRAP(int, -1, __open_2, (const char *p, int f), (p, f), CALL_OPEN, -1, p)
WRAP(int, -1, __open64_2, (const char *p, int f), (p, f), CALL_OPEN, -1, p)
WRAP(int, -1, __openat_2, (int d, const char *p, int f), (d, p, f), CALL_OPEN, d, p)
WRAP(int, -1, __openat64_2, (int d, const char *p, int f), (d, p, f), CALL_OPEN, d, p)

/* The program lists directories by a system call that has no wrapper. */
long syscall(long number, ...)
{
    BEHIND(syscall);
    long a[6];
    va_list list;

    va_start(list, number);
    for (size_t i = 0; i < 6; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    if (number == SYS_getdents64 && faults_decide(CALL_LIST, (int)a[0], NULL) == OUTCOME_ERROR)
        return -1;
    return behind(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument)
{
    BEHIND(pthread_create);
    const int before = errno;

    if (faults_decide(CALL_THREAD, -1, NULL) == OUTCOME_ERROR) {
        const int error = errno;
        errno = before;
        return error;
    }
    return behind(thread, attributes, start, argument);
}

/* ---- Memory ---- */

/* Serves dlsym, which may allocate while it looks for the allocator, and a sanitizer's start. Never freed. */
static _Alignas(max_align_t) char early[16384];
static size_t early_used;
/* In the initial TLS block: finding another one would call a sanitizer's function before the sanitizer has started. */
static _Thread_local bool is_looking __attribute__((tls_model("initial-exec")));

static void *allocate_early(size_t size)
{
    void *block = early + early_used;

    early_used += (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    return early_used <= sizeof early ? block : NULL;
}

static bool is_early(const void *block)
{
    return (uintptr_t)block >= (uintptr_t)early && (uintptr_t)block < (uintptr_t)(early + sizeof early);
}

static void *grow_early(const void *old, size_t size)
{
    const size_t rest = (size_t)(early + sizeof early - (const char *)old);
    void *block = malloc(size);

    if (block != NULL)
        memcpy(block, old, size < rest ? size : rest);
    return block;
}

static void look_once(void *function, const char *name, bool is_known)
{
    is_looking = !is_known;
    if (is_looking)
        look_behind(function, name);
    is_looking = false;
}

#define ALLOCATOR(name, size, arguments)                                                                               \
    static __typeof__(&name) behind;                                                                                   \
    if (is_looking)                                                                                                    \
        return allocate_early(size);                                                                                   \
    look_once(&behind, #name, behind != NULL);                                                                         \
    if (behind == NULL)                                                                                                \
        return allocate_early(size);                                                                                   \
    return faults_decide(CALL_ALLOC, -1, NULL) == OUTCOME_ERROR ? NULL : behind arguments

void *malloc(size_t size)
{
    ALLOCATOR(malloc, size, (size));
}

void *calloc(size_t count, size_t size)
{
    ALLOCATOR(calloc, count * size, (count, size));
}

void *realloc(void *old, size_t size)
{
    if (is_early(old))
        return grow_early(old, size);
    ALLOCATOR(realloc, size, (old, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
    ALLOCATOR(aligned_alloc, size, (alignment, size));
}

void *memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size)
{
    ALLOCATOR(memalign, size, (alignment, size));
}

void free(void *block)
{
    static __typeof__(&free) behind;

    if (is_early(block) || is_looking)
        return;
    look_once(&behind, "free", behind != NULL);
    if (behind != NULL)
        behind(block);
}
