/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE3 digests as text. */
#ifndef ISCC_MULTIHASH_H
#define ISCC_MULTIHASH_H

#include <iscc/iscc.h>
#include <stdint.h>

/* Writes a multihash: 0x1e is BLAKE3 in the multicodec table, and 0x20 is the length of the digest in bytes. */
void iscc_multihash_write(const uint8_t digest[32], char text[ISCC_DATAHASH_SIZE]);

#endif
