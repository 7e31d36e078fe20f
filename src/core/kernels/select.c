/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses the kernel table, once per process: the fastest that this machine can run, or the one ISCC_BACKEND names. */
#include <blake3.h>
#include <iscc/iscc.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "cpu.h"
#include "kernels.h"

/* Slowest first, each with the processor features it needs. */
static const struct {
    const struct iscc_kernels *kernels;
    unsigned features;
} tables[] = {
    {&iscc_kernels_portable, 0},
    {&iscc_kernels_chains, 0},
#ifdef ISCC_HAVE_AVX2
    {&iscc_kernels_avx2, ISCC_CPU_AVX2},
#endif
#ifdef ISCC_HAVE_AVX512
    {&iscc_kernels_avx512, ISCC_CPU_AVX512},
#endif
#ifdef ISCC_HAVE_SIMD128 /* a module with an instruction that the machine lacks does not start */
    {&iscc_kernels_simd128, 0},
#endif
};

const struct iscc_kernels *iscc_kernels_available(size_t index)
{
    const unsigned features = iscc_cpu_features();
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if ((tables[i].features & ~features) == 0 && index-- == 0)
            return tables[i].kernels;
    return NULL;
}

static const struct iscc_kernels *fastest(void)
{
    const struct iscc_kernels *best = NULL;
    const struct iscc_kernels *next;
    for (size_t i = 0; (next = iscc_kernels_available(i)) != NULL; i++)
        best = next;
    return best;
}

static const struct iscc_kernels *find_by_name(const char *name)
{
    const struct iscc_kernels *kernels;
    for (size_t i = 0; (kernels = iscc_kernels_available(i)) != NULL; i++)
        if (strcmp(kernels->name, name) == 0)
            return kernels;
    return NULL;
}

/* BLAKE3 detects the processor when it first compresses; before version 1.4 it caches the result without
 * synchronization, which is a data race. So it compresses once here, while other threads wait. */
static void initialize_blake3_dispatch(void)
{
    blake3_hasher hasher;
    uint8_t digest[1];

    blake3_hasher_init(&hasher);
    blake3_hasher_finalize(&hasher, digest, sizeof digest);
}

const struct iscc_kernels *iscc_kernels_selected(void)
{
    static _Atomic(const struct iscc_kernels *) selected;
    static atomic_flag choosing = ATOMIC_FLAG_INIT;

    const struct iscc_kernels *kernels = atomic_load_explicit(&selected, memory_order_acquire);
    if (kernels != NULL)
        return kernels;
    /* Spins for a few microseconds, once per process: a lock that sleeps would not pay. */
    while (atomic_flag_test_and_set_explicit(&choosing, memory_order_acquire))
        ;
    const char *requested = getenv("ISCC_BACKEND");
    if (requested == NULL || *requested == '\0' || strcmp(requested, "auto") == 0)
        kernels = fastest();
    else
        kernels = find_by_name(requested);
    initialize_blake3_dispatch();
    atomic_store_explicit(&selected, kernels, memory_order_release);
    atomic_flag_clear_explicit(&choosing, memory_order_release);
    return kernels;
}

iscc_status iscc_backend(const char **name)
{
    if (name == NULL)
        return ISCC_ERROR_ARGUMENT;
    const struct iscc_kernels *kernels = iscc_kernels_selected();
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    *name = kernels->name;
    return ISCC_OK;
}

const char *iscc_backend_available(size_t index)
{
    const struct iscc_kernels *kernels = iscc_kernels_available(index);
    return kernels == NULL ? NULL : kernels->name;
}
