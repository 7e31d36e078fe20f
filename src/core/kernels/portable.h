/* SPDX-License-Identifier: Apache-2.0 */
/* Plain kernels that other tables have as well. */
#ifndef ISCC_PORTABLE_H
#define ISCC_PORTABLE_H

#include "kernels.h"

void iscc_portable_hash_chunks(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count,
                               uint32_t *features);
void iscc_portable_lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count);
unsigned iscc_portable_hamming(const uint8_t *a, const uint8_t *b, size_t size);

#endif
