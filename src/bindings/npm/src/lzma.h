/* SPDX-License-Identifier: Apache-2.0 */
/* Decompression of LZMA. */
#ifndef ISCC_NPM_LZMA_H
#define ISCC_NPM_LZMA_H

#include <stddef.h>
#include <stdint.h>

/* Decodes raw LZMA1 that was made with lc=0, lp=1, pb=1 and has at least `size` bytes of output. The input is part of
 * this program, so it is not checked. */
void lzma_decode(const uint8_t *in, uint8_t *out, size_t size);

#endif
