/* SPDX-License-Identifier: Apache-2.0 */
/* Collapses ASCII text with AVX-512 and VBMI2, 64 bytes at a time: one look-up, and one compression. */
#include <immintrin.h>

#include "avx512.h"
#include "portable.h"

#define VECTOR ((size_t)64)

size_t iscc_avx512_collapse_ascii(const uint8_t *text, size_t size, uint8_t *out, size_t *written)
{
    const __m512i low = _mm512_loadu_si512(iscc_portable_ascii);
    const __m512i high = _mm512_loadu_si512(iscc_portable_ascii + VECTOR);
    uint8_t *next = out;
    size_t done = 0;
    size_t read;

    do {
        const size_t part = size - done < VECTOR ? size - done : VECTOR;
        const __mmask64 valid = _bzhi_u64(UINT64_MAX, (unsigned)part);
        const __m512i bytes = _mm512_maskz_loadu_epi8(valid, text + done);
        /* Up to the first byte that is not ASCII, or not there. */
        const uint64_t other = _mm512_movepi8_mask(bytes) | ~valid;
        read = other != 0 ? (size_t)__builtin_ctzll(other) : VECTOR;
        const __m512i mapped = _mm512_permutex2var_epi8(low, bytes, high);
        const __mmask64 kept = _bzhi_u64(_mm512_test_epi8_mask(mapped, mapped), (unsigned)read);
        const unsigned count = (unsigned)__builtin_popcountll(kept);
        _mm512_mask_storeu_epi8(next, _bzhi_u64(UINT64_MAX, count), _mm512_maskz_compress_epi8(kept, mapped));
        next += count;
        done += read;
    } while (read == VECTOR);
    *written = (size_t)(next - out);
    return done;
}
