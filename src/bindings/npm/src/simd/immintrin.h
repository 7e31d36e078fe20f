/* SPDX-License-Identifier: Apache-2.0 */
/* The SSE intrinsics that BLAKE3's file for SSE4.1 uses, in WebAssembly's SIMD. Found in place of the compiler's. */
#ifndef ISCC_NPM_IMMINTRIN_H
#define ISCC_NPM_IMMINTRIN_H

#include <wasm_simd128.h>

typedef v128_t __m128i;
typedef v128_t __m128;

#define _MM_HINT_T0 0
#define _MM_SHUFFLE(d, c, b, a) ((d) << 6 | (c) << 4 | (b) << 2 | (a))

#define _mm_prefetch(address, hint) ((void)(address))
#define _mm_loadu_si128(address) wasm_v128_load(address)
#define _mm_storeu_si128(address, value) wasm_v128_store(address, value)
#define _mm_castps_si128(value) (value)
#define _mm_castsi128_ps(value) (value)

#define _mm_add_epi32(a, b) wasm_i32x4_add(a, b)
#define _mm_sub_epi32(a, b) wasm_i32x4_sub(a, b)
#define _mm_and_si128(a, b) wasm_v128_and(a, b)
#define _mm_xor_si128(a, b) wasm_v128_xor(a, b)
#define _mm_cmpgt_epi32(a, b) wasm_i32x4_gt(a, b)
#define _mm_slli_epi32(a, count) wasm_i32x4_shl(a, count)
#define _mm_srli_epi32(a, count) wasm_u32x4_shr(a, count)

#define _mm_set1_epi32(a) wasm_i32x4_splat(a)
#define _mm_set_epi32(d, c, b, a) wasm_i32x4_make(a, b, c, d)
#define _mm_setr_epi32(a, b, c, d) wasm_i32x4_make(a, b, c, d)
#define _mm_set_epi8(p, o, n, m, l, k, j, i, h, g, f, e, d, c, b, a)                                                   \
    wasm_i8x16_make(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)

/* Every index is below 16, so both instructions do the same. In V8 this is faster than shifts, and than a shuffle. */
#define _mm_shuffle_epi8(a, indices) wasm_i8x16_swizzle(a, indices)

#define _mm_shuffle_epi32(a, mask) wasm_i32x4_shuffle(a, a, (mask)&3, (mask) >> 2 & 3, (mask) >> 4 & 3, (mask) >> 6 & 3)
#define _mm_shuffle_ps(a, b, mask)                                                                                     \
    wasm_i32x4_shuffle(a, b, (mask)&3, (mask) >> 2 & 3, 4 + ((mask) >> 4 & 3), 4 + ((mask) >> 6 & 3))
#define _mm_blend_epi16(a, b, mask)                                                                                    \
    wasm_i16x8_shuffle(a, b, 0 + ((mask)&1) * 8, 1 + ((mask) >> 1 & 1) * 8, 2 + ((mask) >> 2 & 1) * 8,                 \
                       3 + ((mask) >> 3 & 1) * 8, 4 + ((mask) >> 4 & 1) * 8, 5 + ((mask) >> 5 & 1) * 8,                \
                       6 + ((mask) >> 6 & 1) * 8, 7 + ((mask) >> 7 & 1) * 8)
#define _mm_unpacklo_epi32(a, b) wasm_i32x4_shuffle(a, b, 0, 4, 1, 5)
#define _mm_unpackhi_epi32(a, b) wasm_i32x4_shuffle(a, b, 2, 6, 3, 7)
#define _mm_unpacklo_epi64(a, b) wasm_i64x2_shuffle(a, b, 0, 2)
#define _mm_unpackhi_epi64(a, b) wasm_i64x2_shuffle(a, b, 1, 3)

#endif
