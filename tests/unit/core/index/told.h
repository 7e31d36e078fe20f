/* SPDX-License-Identifier: Apache-2.0 */
/* What a search tells, in any order: so much of it that two searches can be compared. */
#ifndef TOLD_H
#define TOLD_H

#include <stdint.h>

struct told {
    uint64_t count;
    uint64_t sum; /* of what each pair is mixed to */
};

void told_add(struct told *told, uint32_t first, uint32_t second, unsigned distance);

/* An iscc_pair_function whose context is a struct told. */
int told_pair(void *context, uint32_t first, uint32_t second, unsigned distance);

#endif
