/* SPDX-License-Identifier: Apache-2.0 */
/* Converts between a corpus file and libFuzzer's folder of inputs: corpus_tool unpack CORPUS FOLDER, and
 * corpus_tool pack FILE..., which writes to standard output. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus.h"
#include "fuzz.h"

static FILE *open_file(const char *path, const char *mode)
{
    FILE *file = fopen(path, mode);
    if (file == NULL) {
        fprintf(stderr, "corpus_tool: %s: %s\n", path, strerror(errno));
        exit(2);
    }
    return file;
}

static void unpack(const char *corpus, const char *folder)
{
    uint8_t *bytes = NULL;
    size_t room = 0;
    size_t size;
    char path[4096];
    FILE *in = open_file(corpus, "r");

    for (unsigned i = 0; corpus_read(in, &bytes, &room, &size); i++) {
        snprintf(path, sizeof path, "%s/%04u", folder, i);
        FILE *out = open_file(path, "w");
        fwrite(bytes, 1, size, out);
        REQUIRE(fclose(out) == 0);
    }
    free(bytes);
    fclose(in);
}

static void pack(const char *path)
{
    uint8_t *bytes = fuzz_grow(NULL, 1 << 20);
    FILE *in = open_file(path, "r");
    const size_t size = fread(bytes, 1, 1 << 20, in);

    corpus_write(stdout, bytes, size);
    fclose(in);
    free(bytes);
}

int main(int count, char **arguments)
{
    if (count == 4 && strcmp(arguments[1], "unpack") == 0) {
        unpack(arguments[2], arguments[3]);
    } else if (count > 1 && strcmp(arguments[1], "pack") == 0) {
        for (int i = 2; i < count; i++)
            pack(arguments[i]);
    } else {
        fputs("usage: corpus_tool unpack CORPUS FOLDER, or corpus_tool pack FILE...\n", stderr);
        return 2;
    }
    return fflush(stdout) == 0 ? 0 : 2;
}
