/* SPDX-License-Identifier: Apache-2.0 */
/* The Data-Code step by step as ISO 24138 describes it: slow, to check the parts of the library. */
#ifndef NAIVE_H
#define NAIVE_H

#include <stddef.h>
#include <stdint.h>

/* Where the chunk ends that begins at the first of `size` bytes, which the stream ends after. At most `size`. */
size_t naive_chunk(const uint8_t *bytes, size_t size);

/* XXH32 with seed 0. */
uint32_t naive_xxh32(const uint8_t *bytes, size_t size);

/* Permutation `index` of a feature. */
uint32_t naive_permute(size_t index, uint32_t feature);

/* The 256 bits of a stream. */
void naive_digest(const uint8_t *bytes, size_t size, uint8_t digest[32]);

/* The 256 bits that 64 minima make. */
void naive_bits(const uint32_t minima[64], uint8_t digest[32]);

#endif
