/* SPDX-License-Identifier: Apache-2.0 */
/* Writes BLAKE3 digests as multihashes. */
#include "codes/multihash.h"

#include <string.h>

void iscc_multihash_write(const uint8_t digest[32], char text[ISCC_DATAHASH_SIZE])
{
    static const char hexadecimal[] = "0123456789abcdef";
    char *out = text;

    memcpy(out, "1e20", 4);
    out += 4;
    for (size_t i = 0; i < 32; i++) {
        *out++ = hexadecimal[digest[i] >> 4];
        *out++ = hexadecimal[digest[i] & 15];
    }
    *out = '\0';
}
