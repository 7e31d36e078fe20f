/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the first page of each file. */
#include "load/heads.h"

#include <errno.h>
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

/* Reads up to the size, which is known, as another read to find the end would cost as much as the first. Returns
 * false on failure. */
static bool read_bytes(int descriptor, unsigned char bytes[HEAD_SIZE], uint64_t filesize, size_t *size)
{
    const size_t wanted = filesize < HEAD_SIZE ? (size_t)filesize : HEAD_SIZE;
    ssize_t got = 1;

    for (*size = 0; got != 0 && *size<wanted; *size += got> 0 ? (size_t)got : 0) {
        got = read(descriptor, bytes + *size, wanted - *size);
        if (got < 0 && errno != EINTR)
            return false;
    }
    return true;
}

bool head_read(int directory, const char *path, uint64_t filesize, uint64_t *head)
{
    unsigned char bytes[HEAD_SIZE];
    size_t size;

    const int descriptor = openat(directory, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool is_read = read_bytes(descriptor, bytes, filesize, &size);
    close(descriptor);
    if (is_read)
        *head = hash_bytes(bytes, size);
    return is_read;
}

static void read_missing(void *context, size_t index)
{
    struct file_record *file = ((struct file_record **)context)[index];
    struct long_path path;
    uint64_t head;

    if (file->has_head || long_path_open(&path, NULL, file->name, file->name_size) != 0)
        return;
    file->has_head = head_read(path.directory, path.name, file->filesize, &head);
    if (file->has_head)
        file->head = head;
    long_path_close(&path);
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Of one size, unknown heads come first. */
static int compare_heads(const void *a, const void *b)
{
    const struct file_record *x = *(struct file_record *const *)a;
    const struct file_record *y = *(struct file_record *const *)b;
    int order = compare_numbers(x->filesize, y->filesize);

    if (order == 0)
        order = x->has_head - y->has_head;
    return order != 0 || !x->has_head ? order : compare_numbers(x->head, y->head);
}

void heads_read(struct file_record **files, size_t count, int threads)
{
    parallel_for(count, threads, read_missing, files);
    qsort(files, count, sizeof *files, compare_heads);
}

static bool is_like(const struct file_record *a, const struct file_record *b)
{
    return a->filesize == b->filesize && (!a->has_head || !b->has_head || a->head == b->head);
}

bool head_is_unique(struct file_record *const *files, size_t count, size_t index)
{
    const struct file_record *file = files[index];

    return file->has_head && (index == 0 || !is_like(files[index - 1], file)) &&
           (index + 1 == count || !is_like(file, files[index + 1]));
}
