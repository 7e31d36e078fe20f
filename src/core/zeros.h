/* SPDX-License-Identifier: Apache-2.0 */
/* A buffer of zero bytes, for streams with long runs of them. */
#ifndef ISCC_ZEROS_H
#define ISCC_ZEROS_H

#include <stddef.h>
#include <stdint.h>

/* BLAKE3 reaches 0.95 of its speed with pieces of 64 KiB, and 0.6 with 8 KiB. A power of two, like its subtrees. */
#define ISCC_ZEROS ((size_t)64 * 1024)

extern const uint8_t iscc_zeros[ISCC_ZEROS];

#endif
