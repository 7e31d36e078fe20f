/* SPDX-License-Identifier: Apache-2.0 */
/* What this processor can run, and what the operating system lets it. */
#ifndef ISCC_CPU_H
#define ISCC_CPU_H

#define ISCC_CPU_SSE41 1u
#define ISCC_CPU_AVX2 2u   /* and BMI1, BMI2, POPCNT, which every AVX2 processor has but a hypervisor may hide */
#define ISCC_CPU_AVX512 4u /* F, BW, DQ, VL, VBMI, VBMI2, VPOPCNTDQ, and what AVX2 stands for */
#define ISCC_CPU_NEON 8u

/* A sum of the above. */
unsigned iscc_cpu_features(void);

#endif
