/* SPDX-License-Identifier: Apache-2.0 */
/* measure_updates KIB MIB: prints the Data-Code of MIB mebibytes that it makes in memory, fed to a hasher in updates of
 * KIB kibibytes, a power of two up to 16384; bench.sh takes the time. */
#include <iscc/iscc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The stream repeats these bytes, so that no update waits for them to be made. */
#define BUFFER_SIZE ((size_t)16 << 20)

static uint8_t *make_bytes(void)
{
    uint64_t state = 1;
    uint64_t *words = malloc(BUFFER_SIZE);

    for (size_t i = 0; words != NULL && i < BUFFER_SIZE / sizeof *words; i++) {
        /* xorshift64, Marsaglia 2003 */
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        words[i] = state;
    }
    return (uint8_t *)words;
}

int main(int argc, char **argv)
{
    char code[ISCC_CODE_SIZE];
    iscc_data_hasher *hasher = NULL;
    const size_t update = argc == 3 ? (size_t)strtoull(argv[1], NULL, 10) << 10 : 0;
    const uint64_t size = argc == 3 ? strtoull(argv[2], NULL, 10) << 20 : 0;
    uint8_t *bytes = make_bytes();
    int status = 2;

    if (bytes == NULL || update == 0 || BUFFER_SIZE % update != 0 || iscc_data_hasher_new(&hasher) != ISCC_OK)
        goto out;
    for (uint64_t done = 0; done < size; done += update)
        if (iscc_data_hasher_update(hasher, bytes + done % BUFFER_SIZE, update) != ISCC_OK)
            goto out;
    if (iscc_data_hasher_finalize(hasher, 256, code) == ISCC_OK && puts(code) >= 0 && fflush(stdout) == 0)
        status = 0;
out:
    iscc_data_hasher_free(hasher);
    free(bytes);
    return status;
}
