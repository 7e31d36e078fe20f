/* SPDX-License-Identifier: Apache-2.0 */
/* measure_pairs LIST ROOT: distances between the files of a list, as tab-separated lines of bits, largest distance,
 * and pairs within it: of all files, and of files in different folders below ROOT. Files with the same
 * content count once. The first line has the numbers of files and pairs. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lists/catalogue.h"
#include "load/load.h"

enum { BITS = 128 };

static uint64_t word_of(const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static unsigned count_bits(uint64_t word)
{
    /* In parallel by pairs, nibbles and bytes: without POPCNT a builtin would be a function call. */
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
}

static int compare_contents(const void *a, const void *b)
{
    return memcmp(((const struct file_record *)a)->instance, ((const struct file_record *)b)->instance,
                  FILE_RECORD_DIGEST_SIZE);
}

/* Keeps the first file with each content. */
static void drop_duplicates(struct catalogue *catalogue)
{
    size_t kept = 0;

    qsort(catalogue->files, catalogue->count, sizeof *catalogue->files, compare_contents);
    for (size_t i = 0; i < catalogue->count; i++)
        if (kept == 0 || compare_contents(&catalogue->files[kept - 1], &catalogue->files[i]) != 0)
            catalogue->files[kept++] = catalogue->files[i];
    catalogue->count = kept;
}

/* The length of the name up to the folder below the root. */
static size_t folder_size(const struct file_record *file, size_t root)
{
    return root < file->name_size ? root + 1 + strcspn(file->name + root + 1, "/") : file->name_size;
}

static bool are_apart(const struct file_record *a, const struct file_record *b, size_t root)
{
    const size_t size = folder_size(a, root);
    return size != folder_size(b, root) || memcmp(a->name, b->name, size) != 0;
}

int main(int argc, char **argv)
{
    static uint64_t pairs[2][2][BITS + 1]; /* of 64 and 128 bits; all, and in different folders */
    struct catalogue catalogue = {.files = NULL};
    struct load load = {.catalogue = &catalogue};
    uint64_t apart = 0;

    if (argc != 3 || !load_list(&load, argv[1]))
        return 2;
    const size_t root = strlen(argv[2]);
    drop_duplicates(&catalogue);
    for (size_t i = 0; i < catalogue.count; i++) {
        const struct file_record *a = &catalogue.files[i];
        for (size_t j = i + 1; j < catalogue.count; j++) {
            const struct file_record *b = &catalogue.files[j];
            const unsigned half = count_bits(word_of(a->data) ^ word_of(b->data));
            const unsigned whole = half + count_bits(word_of(a->data + 8) ^ word_of(b->data + 8));
            const bool is_apart = are_apart(a, b, root);
            apart += is_apart;
            pairs[0][0][half]++;
            pairs[0][1][half] += is_apart;
            pairs[1][0][whole]++;
            pairs[1][1][whole] += is_apart;
        }
    }
    printf("files\t%zu\t%" PRIu64 "\t%" PRIu64 "\n", catalogue.count,
           (uint64_t)catalogue.count * (catalogue.count - 1) / 2, apart);
    for (unsigned width = 0; width < 2; width++) {
        uint64_t all = 0;
        uint64_t unrelated = 0;
        for (unsigned distance = 0; distance <= 64 * (width + 1); distance++) {
            all += pairs[width][0][distance];
            unrelated += pairs[width][1][distance];
            printf("%u\t%u\t%" PRIu64 "\t%" PRIu64 "\n", 64 * (width + 1), distance, all, unrelated);
        }
    }
    catalogue_free(&catalogue);
    return fflush(stdout) == 0 && ferror(stdout) == 0 ? 0 : 1;
}
