/* SPDX-License-Identifier: Apache-2.0 */
/* The discrete cosine transform by halving, with the rounding of the standard's reference. */
#include "content/dct.h"

#include <float.h>

/*
 * In regular images most frequencies are zero, and the code consists of rounding errors compared with a median near
 * zero. So each operation must be done as in the standard's reference, in doubles without extra precision. (Where the
 * method is 1, as on s390x, floats have the precision of doubles.)
 */
#if defined(FLT_EVAL_METHOD) && (FLT_EVAL_METHOD < 0 || FLT_EVAL_METHOD > 1)
#error "the Image-Code needs arithmetic in the precision of double: -msse2 -mfpmath=sse on x86"
#endif

/* 2 * cos((i + 0.5) * pi / n) for n = 32, 16, 8, 4, 2 and i < n / 2, the angle rounded before its cosine: the doubles
 * of the reference, 12 of which differ from those of the exact angles. */
static const double divisors[ISCC_DCT_MAX - 1] = {
    0x1.ff621e3796d7ep+0, 0x1.fa7557f08a517p+0, 0x1.f0a7efb9230d7p+0, 0x1.e212104f686e5p+0,
    0x1.ced7af43cc773p+0, 0x1.b728345196e3ep+0, 0x1.9b3e047f38741p+0, 0x1.7b5df226aafafp+0,
    0x1.57d69348cec9fp+0, 0x1.30ff7fce17036p+0, 0x1.073879922ffedp+0, 0x1.b5d1009e15cc2p-1,
    0x1.58f9a75ab1fddp-1, 0x1.f19f97b215f1ep-2, 0x1.2c8106e8e613ap-2, 0x1.91f65f10dd824p-4, /* 32 */
    0x1.fd88da3d12526p+0, 0x1.e9f4156c62ddap+0, 0x1.c38b2f180bdb1p+0, 0x1.8bc806b151741p+0,
    0x1.44cf325091dd6p+0, 0x1.e2b5d3806f63ep-1, 0x1.294062ed59f05p-1, 0x1.917a6bc29b438p-3, /* 16 */
    0x1.f6297cff75cb0p+0, 0x1.a9b66290ea1a3p+0, 0x1.1c73b39ae68c9p+0, 0x1.8f8b83c69a60dp-2, /* 8 */
    0x1.d906bcf328d46p+0, 0x1.87de2a6aea964p-1,                                             /* 4 */
    0x1.6a09e667f3bcdp+0,                                                                   /* 2 */
};

void iscc_dct(double *values, size_t size)
{
    const size_t half = size / 2;
    const double *factors = divisors + (ISCC_DCT_MAX - size); /* those for larger sizes come first */
    double sums[ISCC_DCT_MAX / 2];
    double differences[ISCC_DCT_MAX / 2];

    if (size == 1)
        return;
    for (size_t i = 0; i < half; i++) {
        sums[i] = values[i] + values[size - 1 - i];
        differences[i] = (values[i] - values[size - 1 - i]) / factors[i];
    }
    iscc_dct(sums, half);
    iscc_dct(differences, half);
    for (size_t i = 0; i < half; i++) {
        values[2 * i] = sums[i];
        values[2 * i + 1] = i + 1 < half ? differences[i] + differences[i + 1] : differences[i];
    }
}
