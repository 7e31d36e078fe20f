/* SPDX-License-Identifier: Apache-2.0 */
/* Short files, which a thread reads one after another and then hashes together: alone they would leave most lanes of
 * the vector kernels empty. */
#ifndef SHORT_FILES_H
#define SHORT_FILES_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>

#include "hash/job.h"

/* Longer files fill the lanes alone (iscc_gen_sum_codes_v0). */
#define SHORT_FILE_SIZE ((size_t)256 * 1024)

/* Large enough that the overhead of a read does not matter, small enough that the bytes are still in a core's cache
 * when they are hashed. */
#define SHORT_FILES_SIZE ((size_t)1024 * 1024)

enum { SHORT_FILES_MAX = 128 };

struct short_files {
    size_t count;
    size_t size; /* of all */
    struct job *jobs[SHORT_FILES_MAX];
    size_t ends[SHORT_FILES_MAX];
    struct iscc_sum_code codes[SHORT_FILES_MAX];
    unsigned char bytes[SHORT_FILES_SIZE + 1];
};

/* Returns NULL if memory is short. Only what is used of it takes memory. To be freed by free(). */
struct short_files *short_files_new(void);

/* Returns where to read the next file, with room for one byte more than its size, or NULL if it is time to hash those
 * that are there. */
unsigned char *short_files_space(struct short_files *files, size_t size);

/* Adds a job whose bytes, `size` of them, were read there. The job must stay where it is until it has its code. */
void short_files_add(struct short_files *files, struct job *job, size_t size);

/* Sets the codes of all jobs and forgets them. The hasher is for when they are few. */
void short_files_hash(struct short_files *files, iscc_sum_hasher *hasher, unsigned flags);

#endif
