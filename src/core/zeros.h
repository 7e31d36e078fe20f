/* SPDX-License-Identifier: Apache-2.0 */
/* Zero bytes to read where a stream has many of them. */
#ifndef ISCC_ZEROS_H
#define ISCC_ZEROS_H

#include <stddef.h>
#include <stdint.h>

/* BLAKE3 is at 0.95 of its speed with pieces of 64 KiB, and at 0.6 with pieces of 8 KiB; it is a power of two, as its
 * trees are. */
#define ISCC_ZEROS ((size_t)64 * 1024)

extern const uint8_t iscc_zeros[ISCC_ZEROS];

#endif
