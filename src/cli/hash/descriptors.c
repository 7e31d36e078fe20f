/* SPDX-License-Identifier: Apache-2.0 */
/* Threads come first; directories get what remains. */
#include "hash/descriptors.h"

#include <sys/resource.h>

/* File descriptors for the program itself, its main walk and the one that counts ahead, and for each thread: one that
 * hashes a tree has a walk of its own. */
enum { DESCRIPTORS_BASE = 40, DESCRIPTORS_PER_THREAD = 12, DIRECTORIES_MAX = 256 };

/* Raises the soft limit to the hard one and returns it. The soft limit is low for the sake of programs that use
 * select(). */
static size_t raise_descriptor_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > 1000000)
        return 1000000;
    return (size_t)limit.rlim_cur;
}

int descriptors_divide(int threads, size_t *directories)
{
    const size_t allowed = raise_descriptor_limit();
    const size_t available = allowed > DESCRIPTORS_BASE ? allowed - DESCRIPTORS_BASE : 0;
    const size_t threads_max = available / DESCRIPTORS_PER_THREAD > 1 ? available / DESCRIPTORS_PER_THREAD : 1;
    const size_t used = (size_t)threads < threads_max ? (size_t)threads : threads_max;

    *directories = available > used * DESCRIPTORS_PER_THREAD ? available - used * DESCRIPTORS_PER_THREAD : 1;
    if (*directories > DIRECTORIES_MAX)
        *directories = DIRECTORIES_MAX;
    return (int)used;
}
