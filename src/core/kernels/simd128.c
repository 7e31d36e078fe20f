/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels for WebAssembly with SIMD: MinHash through a filter of 32 bits, with four features per vector. */
#include <wasm_simd128.h>

#include "lanes.h"
#include "mersenne.h"
#include "portable.h"

/* The features that the filter looks at together: few enough for their vectors to stay in registers. */
#define FILTER_VECTORS 8
#define FILTER_WIDTH 4
#define FILTER_BLOCK ((size_t)FILTER_VECTORS * FILTER_WIDTH)

/* Lowers the minimum of a permutation by those features whose filter value is within its limit. */
static uint32_t lower_one(size_t index, uint32_t minimum, const uint32_t *features, v128_t limits)
{
    const v128_t a = wasm_i32x4_splat((int32_t)(uint32_t)iscc_minhash_a[index]);
    const v128_t b = wasm_i32x4_splat((int32_t)((uint32_t)iscc_minhash_b[index] + 8));

    for (size_t i = 0; i < FILTER_BLOCK; i += FILTER_WIDTH) {
        const v128_t value = wasm_i32x4_add(wasm_i32x4_mul(wasm_v128_load(features + i), a), b);
        unsigned mask = wasm_i32x4_bitmask(wasm_u32x4_le(value, limits));
        for (; mask != 0; mask &= mask - 1) {
            const uint32_t permuted = iscc_permute(index, features[i + (size_t)__builtin_ctz(mask)]);
            minimum = permuted < minimum ? permuted : minimum;
        }
    }
    return minimum;
}

/* avx2_minhash.c derives the filter. */
static void lower_block(uint32_t minima[ISCC_MINIMA], const uint32_t *features)
{
    v128_t loaded[FILTER_VECTORS];

#pragma GCC unroll 8 /* FILTER_VECTORS */
    for (size_t i = 0; i < FILTER_VECTORS; i++)
        loaded[i] = wasm_v128_load(features + i * FILTER_WIDTH);
    for (size_t index = 0; index < ISCC_MINIMA; index++) {
        const uint32_t minimum = minima[index];
        const v128_t limits = wasm_i32x4_splat((int32_t)(minimum < UINT32_MAX - 7 ? minimum + 7 : UINT32_MAX));
        const v128_t a = wasm_i32x4_splat((int32_t)(uint32_t)iscc_minhash_a[index]);
        const v128_t b = wasm_i32x4_splat((int32_t)((uint32_t)iscc_minhash_b[index] + 8));
        v128_t lowest = wasm_i32x4_splat(-1);
#pragma GCC unroll 8 /* FILTER_VECTORS */
        for (size_t i = 0; i < FILTER_VECTORS; i++)
            lowest = wasm_u32x4_min(lowest, wasm_i32x4_add(wasm_i32x4_mul(loaded[i], a), b));
        if (wasm_v128_any_true(wasm_u32x4_le(lowest, limits)))
            minima[index] = lower_one(index, minimum, features, limits);
    }
}

/* The first features bring the minima down, so that few of the others pass the filter. */
static void lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count)
{
    size_t done = count < FILTER_BLOCK ? count : FILTER_BLOCK;

    iscc_portable_lower_minima(minima, features, done);
    for (; done + FILTER_BLOCK <= count; done += FILTER_BLOCK)
        lower_block(minima, features + done);
    iscc_portable_lower_minima(minima, features + done, count - done);
}

static size_t find_cuts(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_speculation *speculation,
                        struct iscc_gear_scan *open)
{
    return iscc_lanes_find_cuts(&iscc_chains_search, bytes, size, cuts, speculation, open);
}

const struct iscc_kernels iscc_kernels_simd128 = {
    .name = "simd128",
    .find_cuts = find_cuts,
    .hash_chunks = iscc_portable_hash_chunks,
    .hash_windows = iscc_portable_hash_windows,
    .collapse_ascii = iscc_portable_collapse_ascii,
    .lower_minima = lower_minima,
    .hamming = iscc_portable_hamming,
    .find_near = iscc_portable_find_near,
    .match_sketches = iscc_portable_match_sketches,
    .measure_pairs = iscc_portable_measure_pairs,
};
