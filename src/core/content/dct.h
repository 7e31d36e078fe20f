/* SPDX-License-Identifier: Apache-2.0 */
/* The discrete cosine transform of the Image-Code. */
#ifndef ISCC_DCT_H
#define ISCC_DCT_H

#include <stddef.h>

#define ISCC_DCT_MAX ((size_t)32)

/* Replaces `size` values, a power of two up to ISCC_DCT_MAX, by their unscaled discrete cosine transform II. */
void iscc_dct(double *values, size_t size);

#endif
