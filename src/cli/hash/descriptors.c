/* SPDX-License-Identifier: Apache-2.0 */
/* Threads come first; directories get what remains. */
#include "hash/descriptors.h"

#include "util/descriptor_limit.h"

/* File descriptors for the program itself, its main walk and the one that counts ahead, and for each thread: one that
 * hashes a tree has a walk of its own. */
enum { DESCRIPTORS_BASE = 40, DESCRIPTORS_PER_THREAD = 12, DIRECTORIES_MAX = 256 };

int descriptors_divide(int threads, size_t *directories)
{
    const size_t allowed = descriptor_limit_raise();
    const size_t available = allowed > DESCRIPTORS_BASE ? allowed - DESCRIPTORS_BASE : 0;
    const size_t threads_max = available / DESCRIPTORS_PER_THREAD > 1 ? available / DESCRIPTORS_PER_THREAD : 1;
    const size_t used = (size_t)threads < threads_max ? (size_t)threads : threads_max;

    *directories = available > used * DESCRIPTORS_PER_THREAD ? available - used * DESCRIPTORS_PER_THREAD : 1;
    if (*directories > DIRECTORIES_MAX)
        *directories = DIRECTORIES_MAX;
    return (int)used;
}
