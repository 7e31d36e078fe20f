/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel table for AVX2. */
#include "avx2.h"

const struct iscc_kernels iscc_kernels_avx2 = {
    .name = "avx2",
    .find_cuts = iscc_avx2_find_cuts,
    .split_batch = iscc_avx2_split_batch,
    .hash_chunks = iscc_avx2_hash_chunks,
    .hash_inputs = iscc_avx2_hash_inputs,
    .hash_windows = iscc_avx2_hash_windows,
    .collapse_ascii = iscc_avx2_collapse_ascii,
    .lower_minima = iscc_avx2_lower_minima,
    .hamming = iscc_avx2_hamming,
    .find_near = iscc_avx2_find_near,
    .match_sketches = iscc_avx2_match_sketches,
    .measure_pairs = iscc_avx2_measure_pairs,
};
