/* SPDX-License-Identifier: Apache-2.0 */
/* Files that wait to be hashed together. */
#include "hash/short_files.h"

#include <errno.h>
#include <stdlib.h>

struct short_files *short_files_new(void)
{
    struct short_files *files = malloc(sizeof *files);

    if (files != NULL)
        files->count = files->size = 0;
    return files;
}

unsigned char *short_files_space(struct short_files *files, size_t size)
{
    const bool has_space = files->count < SHORT_FILES_MAX && SHORT_FILES_SIZE - files->size >= size;
    return has_space ? files->bytes + files->size : NULL;
}

void short_files_add(struct short_files *files, struct job *job, size_t size)
{
    files->size += size;
    files->ends[files->count] = files->size;
    files->jobs[files->count++] = job;
    job->code.filesize = size; /* counted before the code is known */
}

/* So few, and no more bytes than one may have, fill no lanes; and hashing them together takes 85 KiB of stack, with
 * which a run over one file would take a tenth longer. */
enum { FEW_FILES = 16 };

static void hash_each(struct short_files *files, iscc_sum_hasher *hasher, unsigned flags)
{
    for (size_t i = 0, begin = 0; i < files->count; begin = files->ends[i++]) {
        iscc_sum_hasher_reset(hasher);
        iscc_sum_hasher_update(hasher, files->bytes + begin, files->ends[i] - begin);
        iscc_sum_hasher_finalize(hasher, flags, &files->jobs[i]->code);
    }
}

/* It can fail only for a backend, without which there is no hasher, and for memory, which short inputs do not need. */
static void hash_together(struct short_files *files, unsigned flags)
{
    const iscc_status status = iscc_gen_sum_codes_v0(files->bytes, files->ends, files->count, flags, files->codes);

    for (size_t i = 0; i < files->count; i++) {
        files->jobs[i]->failure = status == ISCC_OK ? 0 : ENOMEM;
        files->jobs[i]->code = files->codes[i];
    }
}

void short_files_hash(struct short_files *files, iscc_sum_hasher *hasher, unsigned flags)
{
    if (files->count < FEW_FILES && files->size <= SHORT_FILE_SIZE)
        hash_each(files, hasher, flags);
    else
        hash_together(files, flags);
    files->count = 0;
    files->size = 0;
}
