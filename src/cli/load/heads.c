/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the first page of each file. */
#include "load/heads.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files/long_path.h"
#include "hash/parallel.h"

enum { HEAD_SIZE = 4096 }; /* a page: fewer bytes are not read faster */

/* Not for proof: files with equal hashes are read to their end. So whoever makes hashes collide only makes them read.
 */
static uint64_t hash_bytes(const unsigned char *bytes, size_t size)
{
    uint64_t hash = size;

    for (size_t i = 0; i < size; i += sizeof hash) {
        const size_t left = size - i;
        uint64_t word = 0;
        memcpy(&word, bytes + i, left < sizeof word ? left : sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15); /* 2^64 divided by the golden ratio */
        hash ^= hash >> 32;
    }
    return hash;
}

/* A file that cannot be read here fails again when it is hashed, which reports it. */
static void read_head(void *context, size_t index)
{
    struct head *head = &((struct head *)context)[index];
    unsigned char bytes[HEAD_SIZE];
    struct long_path path;

    if (long_path_open(&path, NULL, head->file->name, head->file->name_size) != 0)
        return;
    const int descriptor = openat(path.directory, path.name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    long_path_close(&path);
    if (descriptor < 0)
        return;
    const ssize_t got = read(descriptor, bytes, sizeof bytes);
    close(descriptor);
    head->is_known = got >= 0;
    if (head->is_known)
        head->hash = hash_bytes(bytes, (size_t)got);
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Of one size, unknown heads come first. */
static int compare_heads(const void *a, const void *b)
{
    const struct head *x = a;
    const struct head *y = b;
    int order = compare_numbers(x->file->filesize, y->file->filesize);

    if (order == 0)
        order = x->is_known - y->is_known;
    return order != 0 ? order : compare_numbers(x->hash, y->hash);
}

/* A head that is not known may be like any other. */
static void find_unique(struct head *heads, size_t count)
{
    for (size_t i = 0; i < count; i++)
        heads[i].is_unique = heads[0].is_known && (i == 0 || heads[i - 1].hash != heads[i].hash) &&
                             (i + 1 == count || heads[i + 1].hash != heads[i].hash);
}

void heads_read(struct head *heads, size_t count, int threads)
{
    parallel_for(count, threads, read_head, heads);
    qsort(heads, count, sizeof *heads, compare_heads);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && heads[end].file->filesize == heads[i].file->filesize;)
            end++;
        find_unique(heads + i, end - i);
    }
}
