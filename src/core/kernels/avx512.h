/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels for AVX-512 with VBMI and VBMI2, where they are faster than those for AVX2. */
#ifndef ISCC_AVX512_H
#define ISCC_AVX512_H

#include "kernels.h"

size_t iscc_avx512_find_cuts(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_trust *trust);

#endif
