/* SPDX-License-Identifier: Apache-2.0 */
/* Processor detection: CPUID says what the processor has, XCR0 which registers the operating system saves (Intel SDM,
 * volume 1, section 13.3). */
#include "cpu.h"

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#include <stdbool.h>
#include <stdint.h>

/* XCR0: SSE and AVX state; for AVX-512 also opmask and both parts of the ZMM state. */
#define XCR0_AVX 0x06u
#define XCR0_AVX512 0xe6u

/* CPUID leaf 1, ECX, and leaf 7, sub-leaf 0, EBX and ECX. */
#define LEAF1_ECX_SSE41 (1u << 19)
#define LEAF1_ECX_POPCNT (1u << 23)
#define LEAF1_ECX_OSXSAVE (1u << 27)
#define LEAF7_EBX_BMI1 (1u << 3)
#define LEAF7_EBX_AVX2 (1u << 5)
#define LEAF7_EBX_BMI2 (1u << 8)
#define LEAF7_EBX_AVX512F (1u << 16)
#define LEAF7_EBX_AVX512DQ (1u << 17)
#define LEAF7_EBX_AVX512BW (1u << 30)
#define LEAF7_EBX_AVX512VL (1u << 31)
#define LEAF7_ECX_VBMI (1u << 1)
#define LEAF7_ECX_VBMI2 (1u << 6)
#define LEAF7_ECX_VPOPCNTDQ (1u << 14)

static uint32_t extended_control_register(void)
{
    uint32_t low;
    uint32_t high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

static bool all_of(uint32_t word, uint32_t bits)
{
    return (word & bits) == bits;
}

unsigned iscc_cpu_features(void)
{
    unsigned eax;
    unsigned ebx;
    unsigned ecx;
    unsigned edx;
    unsigned features = 0;

    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx))
        return 0;
    const unsigned leaf1_ecx = ecx;
    if (all_of(leaf1_ecx, LEAF1_ECX_SSE41))
        features |= ISCC_CPU_SSE41;
    if (!all_of(leaf1_ecx, LEAF1_ECX_OSXSAVE | LEAF1_ECX_POPCNT) || !__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx))
        return features;
    const uint32_t xcr0 = extended_control_register();
    if (all_of(xcr0, XCR0_AVX) && all_of(ebx, LEAF7_EBX_AVX2 | LEAF7_EBX_BMI1 | LEAF7_EBX_BMI2))
        features |= ISCC_CPU_AVX2;
    if ((features & ISCC_CPU_AVX2) != 0 && all_of(xcr0, XCR0_AVX512) &&
        all_of(ebx, LEAF7_EBX_AVX512F | LEAF7_EBX_AVX512BW | LEAF7_EBX_AVX512DQ | LEAF7_EBX_AVX512VL) &&
        all_of(ecx, LEAF7_ECX_VBMI | LEAF7_ECX_VBMI2 | LEAF7_ECX_VPOPCNTDQ))
        features |= ISCC_CPU_AVX512;
    return features;
}

#elif defined(__aarch64__)

/* Every AArch64 processor that runs a general-purpose operating system has Advanced SIMD. */
unsigned iscc_cpu_features(void)
{
    return ISCC_CPU_NEON;
}

#else

unsigned iscc_cpu_features(void)
{
    return 0;
}

#endif
