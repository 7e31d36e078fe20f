/* SPDX-License-Identifier: Apache-2.0 */
/* measure_edits SEED: distances of the Data-Codes of generated files and edited copies, as tab-separated lines of
 * content, size, edit, block in percent, bits, trials, smallest, median, largest distance, and how many are near by
 * default. */
#include <iscc/iscc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/edits.h"

enum { TRIALS_MAX = 200, WIDTHS = 3, SHARES = 5 };

/* Per mille of the file; 0 means a block of 64 bytes. */
static const unsigned shares[SHARES] = {0, 10, 50, 100, 250};
static const unsigned widths[WIDTHS] = {64, 128, 256};

static const struct {
    size_t size;
    unsigned trials;
} sizes[] = {{10000, 200}, {100000, 200}, {1000000, 100}, {10000000, 20}};

static int compare(const void *a, const void *b)
{
    const unsigned x = *(const unsigned *)a;
    const unsigned y = *(const unsigned *)b;
    return (x > y) - (x < y);
}

static void print(const char *content, size_t size, const char *edit, unsigned share, unsigned bits,
                  unsigned *distances, unsigned trials)
{
    unsigned near = 0;

    for (unsigned i = 0; i < trials; i++)
        near += distances[i] <= bits / 10;
    qsort(distances, trials, sizeof *distances, compare);
    printf("%s\t%zu\t%s\t%g\t%u\t%u\t%u\t%g\t%u\t%u\n", content, size, edit, share / 10.0, bits, trials, distances[0],
           (distances[(trials - 1) / 2] + distances[trials / 2]) / 2.0, distances[trials - 1], near);
}

/* Runs all edits of COUNT files. */
static void measure(enum content content, size_t size, unsigned trials, uint64_t *state)
{
    static unsigned distances[EDITS][SHARES][WIDTHS][TRIALS_MAX];
    uint8_t *file = malloc(size);
    uint8_t *copy = malloc(2 * size);

    if (file == NULL || copy == NULL)
        abort();
    for (unsigned trial = 0; trial < trials; trial++) {
        uint8_t digest[32];
        uint8_t edited[32];
        content_fill(content, state, file, size);
        edit_digest(file, size, digest);
        for (unsigned edit = 0; edit < EDITS; edit++)
            for (unsigned share = 0; share < SHARES; share++) {
                const size_t block = shares[share] == 0 ? 64 : size / 1000 * shares[share];
                memcpy(copy, file, size);
                edit_digest(copy, edit_apply((enum edit)edit, content, state, copy, size, block), edited);
                for (unsigned width = 0; width < WIDTHS; width++)
                    iscc_hamming_distance(digest, edited, widths[width] / 8, &distances[edit][share][width][trial]);
            }
    }
    for (unsigned edit = 0; edit < EDITS; edit++)
        for (unsigned share = 0; share < SHARES; share++)
            for (unsigned width = 0; width < WIDTHS; width++)
                print(content_names[content], size, edit_names[edit], shares[share], widths[width],
                      distances[edit][share][width], trials);
    free(file);
    free(copy);
}

int main(int argc, char **argv)
{
    uint64_t state = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;

    for (unsigned content = 0; content < CONTENTS; content++)
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
            measure((enum content)content, sizes[i].size, sizes[i].trials, &state);
    return fflush(stdout) == 0 && ferror(stdout) == 0 ? 0 : 1;
}
