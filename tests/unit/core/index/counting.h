/* SPDX-License-Identifier: Apache-2.0 */
/* What a search looks at: kernels that count it. So a test sees what it costs, on any machine and without a clock. */
#ifndef COUNTING_H
#define COUNTING_H

#include <stddef.h>

#include "index/index.h"

struct work {
    size_t scanned;  /* digests that a scan compared, */
    size_t scans;    /* and in how many runs */
    size_t compared; /* pairs of digests one by one: what a scan found near, and centres of crowds */
    size_t sketches; /* pairs of sketches, */
    size_t searches; /* and in how many runs of ranges, */
    size_t empty;    /* of which so many have nothing in them */
    size_t measured; /* pairs of digests whose sketches were near, */
    size_t measures; /* and in how many runs */
};

/* Since the last counting_reset. */
extern struct work counted;

void counting_reset(void);

/* All that was counted is what was expected. */
void counting_assert(const struct work *expected);

/* The portable kernels, counted. */
extern const struct iscc_kernels counting_kernels;

/* Lets an index and its pieces count what is looked at from now on. */
void counting_use(iscc_index *index);

#endif
