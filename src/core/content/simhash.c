/* SPDX-License-Identifier: Apache-2.0 */
/* Counts the bits of digests, 64 places at a time. */
#include "content/simhash.h"

#include <string.h>

void iscc_simhash_start(struct iscc_simhash *simhash)
{
    simhash->count = 0;
    simhash->used = 0;
}

/* Adds one to the counts of the places that are set in `carry`. The count of digests bounds the number of planes. */
void iscc_simhash_add(struct iscc_simhash *simhash, const uint8_t *digest, size_t size)
{
    uint64_t carry[ISCC_SIMHASH_WORDS] = {0};

    memcpy(carry, digest, size);
    simhash->count++;
    for (unsigned plane = 0; (carry[0] | carry[1] | carry[2] | carry[3]) != 0; plane++) {
        uint64_t *digits = simhash->planes[plane];
        if (plane == simhash->used) {
            memset(digits, 0, sizeof simhash->planes[0]);
            simhash->used++;
        }
        for (size_t word = 0; word < ISCC_SIMHASH_WORDS; word++) {
            const uint64_t both = digits[word] & carry[word];
            digits[word] ^= carry[word];
            carry[word] = both;
        }
    }
}

void iscc_simhash_digest(const struct iscc_simhash *simhash, uint8_t *digest, size_t size)
{
    const uint64_t needed = simhash->count / 2 + simhash->count % 2;
    uint64_t words[ISCC_SIMHASH_WORDS] = {0};

    for (size_t place = 0; simhash->count > 0 && place < (size_t)64 * ISCC_SIMHASH_WORDS; place++) {
        uint64_t ones = 0;
        for (unsigned plane = 0; plane < simhash->used; plane++)
            ones |= (simhash->planes[plane][place / 64] >> place % 64 & 1u) << plane;
        if (ones >= needed)
            words[place / 64] |= UINT64_C(1) << place % 64;
    }
    memcpy(digest, words, size);
}
