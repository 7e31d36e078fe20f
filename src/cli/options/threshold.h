/* SPDX-License-Identifier: Apache-2.0 */
/* The option --threshold: from how many bits on two Data-Codes are no longer near. */
#ifndef THRESHOLD_H
#define THRESHOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "options/command.h"

enum { THRESHOLD_BITS_MAX = 256 };

/* A number of bits, or a percentage of the bits that are compared. */
struct threshold {
    bool is_share;
    uint64_t value;
};

/* A tenth of the bits: where about a ninth of the chunks of each is not in the other. iscc-compare(1) has the
 * derivation. */
#define THRESHOLD_DEFAULT                                                                                              \
    {                                                                                                                  \
        .is_share = true, .value = 10                                                                                  \
    }

/* The row of an option table; `needed` as in option_spec. */
#define OPTIONS_THRESHOLD(settings, member, needed)                                                                    \
    {                                                                                                                  \
        0, "threshold", "N",                                                                                           \
            "near means at most N different bits (0 to 256) or, with N%, at most that share of the bits (default "     \
            "10%)",                                                                                                    \
            ONLY_WITH(needed, SETS_THRESHOLD(settings, member))                                                        \
    }

/* Reads the value of the option. False where it is none. */
bool threshold_parse(const char *value, struct threshold *threshold);

/* The greatest distance that is near where this many bits are compared. */
unsigned threshold_bits(const struct threshold *threshold, unsigned bits);

#endif
