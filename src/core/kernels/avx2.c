/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel table for AVX2. */
#include "avx2.h"

const struct iscc_kernels iscc_kernels_avx2 = {
    .name = "avx2",
    .find_cuts = iscc_avx2_find_cuts,
    .hash_chunks = iscc_avx2_hash_chunks,
    .lower_minima = iscc_avx2_lower_minima,
    .hamming = iscc_avx2_hamming,
};
