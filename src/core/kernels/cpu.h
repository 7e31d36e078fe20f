/* SPDX-License-Identifier: Apache-2.0 */
/* The instruction sets that both the processor and the operating system support. */
#ifndef ISCC_CPU_H
#define ISCC_CPU_H

#define ISCC_CPU_SSE41 1u
#define ISCC_CPU_AVX2 2u   /* with BMI1, BMI2 and POPCNT, which every AVX2 processor has but a hypervisor may hide */
#define ISCC_CPU_AVX512 4u /* F, BW, DQ, VL, VBMI, VBMI2 and VPOPCNTDQ, and all of ISCC_CPU_AVX2 */
#define ISCC_CPU_NEON 8u

/* The supported features, as the bitwise OR of the constants above. */
unsigned iscc_cpu_features(void);

#endif
