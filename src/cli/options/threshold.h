/* SPDX-License-Identifier: Apache-2.0 */
/* The option --threshold: in how many bits two near Data-Codes may differ. */
#ifndef THRESHOLD_H
#define THRESHOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "options/command.h"

enum { THRESHOLD_BITS_MAX = 256 };

/* A number of bits, or a percentage of the compared bits. */
struct threshold {
    bool is_share;
    uint64_t value;
};

/* At 10% of the bits, about a ninth of the chunks of each file are not in the other; iscc-compare(1) derives this. */
#define THRESHOLD_DEFAULT                                                                                              \
    {                                                                                                                  \
        .is_share = true, .value = 10                                                                                  \
    }

/* The row for an option table; `needed` is the `needs` of struct option_spec. */
#define OPTIONS_THRESHOLD(settings, member, needed)                                                                    \
    {                                                                                                                  \
        0, "threshold", "N",                                                                                           \
            "near means at most N different bits (0 to 256) or, with N%, at most that share of the bits (default "     \
            "10%)",                                                                                                    \
            ONLY_WITH(needed, SETS_THRESHOLD(settings, member))                                                        \
    }

/* Parses the value of the option. Returns false if it is invalid. */
bool threshold_parse(const char *value, struct threshold *threshold);

/* The greatest distance that counts as near when this many bits are compared. */
unsigned threshold_bits(const struct threshold *threshold, unsigned bits);

#endif
