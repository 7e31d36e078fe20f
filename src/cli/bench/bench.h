/* SPDX-License-Identifier: Apache-2.0 */
/* The measurements of iscc bench. */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options/threshold.h"
#include "output/output.h"

enum { BENCH_ROUNDS_MAX = 1000 };

struct bench_settings {
    bool json;
    uint64_t rounds; /* at most BENCH_ROUNDS_MAX */
    uint64_t size;   /* of the buffer, in bytes */
    uint64_t codes;
    struct threshold threshold;
    bool is_full; /* compare every reference, not a sample */
    int threads;
};

/* Seconds on a monotonic clock. */
double bench_now(void);

/* Sorts values in ascending order. */
void bench_sort(double *values, size_t count);

/* Each measures, prints the results, and reports failures. */
void bench_speed(const struct bench_settings *settings, struct output *output);
void bench_similar(const struct bench_settings *settings, struct output *output);

#endif
