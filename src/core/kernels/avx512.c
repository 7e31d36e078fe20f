/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel table for AVX-512: what is not its own is that of AVX2, which every processor with AVX-512 has. */
#include "avx512.h"

#include "avx2.h"

const struct iscc_kernels iscc_kernels_avx512 = {
    .name = "avx512",
    .find_cuts = iscc_avx512_find_cuts,
    .split_batch = iscc_avx512_split_batch,
    .hash_chunks = iscc_avx2_hash_chunks,
    .hash_inputs = iscc_avx512_hash_inputs,
    .hash_windows = iscc_avx512_hash_windows,
    .collapse_ascii = iscc_avx512_collapse_ascii,
    .lower_minima = iscc_avx512_lower_minima,
    .hamming = iscc_avx2_hamming,
    .find_near = iscc_avx512_find_near,
    .match_sketches = iscc_avx512_match_sketches,
    .measure_pairs = iscc_avx2_measure_pairs,
};
