/* SPDX-License-Identifier: Apache-2.0 */
/* What iscc bench can measure. */
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
    bool is_full; /* compare all with all */
    int threads;
};

/* Seconds of a clock that only runs on. */
double bench_now(void);

/* Sorts what the rounds gave, the least first. */
void bench_sort(double *values, size_t count);

/* Each measures and prints; what fails has its message. */
void bench_speed(const struct bench_settings *settings, struct output *output);
void bench_similar(const struct bench_settings *settings, struct output *output);

#endif
