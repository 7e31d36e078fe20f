/* SPDX-License-Identifier: Apache-2.0 */
/* write_streams DIRECTORY: writes each stream of tests/data/sum.tsv to a file of its name. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/vectors.h"

static int write_stream(const char *directory, const struct vector *vector)
{
    char path[4096];
    uint8_t *bytes = vector_bytes(vector);

    snprintf(path, sizeof path, "%s/%s", directory, vector->name);
    FILE *file = fopen(path, "wb");
    int failed = file == NULL || fwrite(bytes, 1, vector->size, file) != vector->size;
    if (file != NULL && fclose(file) != 0)
        failed = 1;
    if (failed)
        perror(path);
    free(bytes);
    return failed;
}

int main(int argc, char **argv)
{
    static struct vector vectors[VECTORS];
    int failed = 0;

    if (argc != 2)
        return 2;
    vectors_read(vectors);
    for (size_t i = 0; i < VECTORS; i++)
        failed |= write_stream(argv[1], &vectors[i]);
    return failed;
}
