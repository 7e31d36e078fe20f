/* SPDX-License-Identifier: Apache-2.0 */
/* The portable kernels that other tables use too. */
#ifndef ISCC_PORTABLE_H
#define ISCC_PORTABLE_H

#include "kernels.h"

/* What an ASCII character collapses to, or 0 if nothing: White space, C, P and what is not ASCII. */
extern const uint8_t iscc_portable_ascii[256];

void iscc_portable_hash_chunks(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count,
                               uint32_t *features);
size_t iscc_portable_collapse_ascii(const uint8_t *text, size_t size, uint8_t *out, size_t *written);
size_t iscc_portable_hash_windows(const uint8_t *text, size_t size, uint32_t *features);
void iscc_portable_lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count);
unsigned iscc_portable_hamming(const uint8_t *a, const uint8_t *b, size_t size);
size_t iscc_portable_find_near(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                               uint32_t *numbers);
size_t iscc_portable_match_sketches(const uint32_t *words, const struct iscc_range *ranges, size_t count,
                                    const uint32_t *queries, size_t query_count, unsigned limit,
                                    uint32_t *query_numbers, uint32_t *positions);
void iscc_portable_measure_pairs(const uint8_t *left, const uint32_t *lefts, const uint8_t *right,
                                 const uint32_t *rights, size_t size, size_t count, uint16_t *distances);

#endif
