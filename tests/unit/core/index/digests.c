/* SPDX-License-Identifier: Apache-2.0 */
/* Digests for tests of the search. */
#include "digests.h"

#include <string.h>

#include "support/random.h"

enum { FEW = 5 };

void digests_change(uint64_t *state, uint8_t *digest, size_t size, size_t bits)
{
    uint8_t changed[32] = {0};
    while (bits > 0) {
        const size_t bit = random_below(state, 8 * size);
        const uint8_t mask = (uint8_t)(1u << bit % 8);
        if ((changed[bit / 8] & mask) != 0)
            continue;
        changed[bit / 8] |= mask;
        digest[bit / 8] ^= mask;
        bits--;
    }
}

/* A copy of one of the first `count` digests, with `bits` of its bits changed. */
static void copy_one(uint64_t *state, uint8_t *digest, const uint8_t *digests, size_t size, size_t count, size_t bits)
{
    memcpy(digest, digests + random_below(state, count) * size, size);
    digests_change(state, digest, size, bits);
}

/* All zero but for the first byte, which is one of three, and one bit of the last byte. */
static void fill_shared_key(uint64_t *state, uint8_t *digest, size_t size, size_t number)
{
    static const uint8_t first_bytes[] = {0x00, 0x10, 0x01};

    memset(digest, 0, size);
    digest[0] = first_bytes[number % 3];
    digest[size - 1] = (uint8_t)(1u << random_below(state, 8));
}

/* The digest `number`, made from those before it. */
static void fill_one(uint64_t *state, enum digests_kind kind, uint8_t *digests, size_t size, size_t number)
{
    static const size_t distances[] = {10, 11, 12, 12, 12, 13, 13, 13, 14};
    uint8_t *digest = digests + number * size;

    random_fill(state, digest, size);
    if (kind == DIGESTS_CLUSTERS && number > 0 && random_below(state, 3) > 0)
        copy_one(state, digest, digests, size, number, random_below(state, 16));
    else if (kind == DIGESTS_EQUAL)
        memcpy(digest, digests, size);
    else if (kind == DIGESTS_FEW && number >= FEW)
        copy_one(state, digest, digests, size, FEW, 0);
    else if (kind == DIGESTS_BEGIN_EQUAL)
        memcpy(digest, digests, size / 2);
    else if (kind == DIGESTS_SPARSE) {
        memset(digest, 0, size);
        digests_change(state, digest, size, random_below(state, 9));
    } else if (kind == DIGESTS_AT_DISTANCES && number > 0)
        copy_one(state, digest, digests, size, 1, distances[random_below(state, sizeof distances / sizeof *distances)]);
    else if (kind == DIGESTS_CROWDED && number >= FEW)
        copy_one(state, digest, digests, size, FEW, size - random_below(state, size / 4 + 1));
    else if (kind == DIGESTS_SHARE_KEYS && number % FEW == 0)
        fill_shared_key(state, digest, size, number / FEW);
}

void digests_fill(uint64_t *state, enum digests_kind kind, uint8_t *digests, size_t size, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fill_one(state, kind, digests, size, i);
}

unsigned digests_distance(const uint8_t *a, const uint8_t *b, size_t size)
{
    unsigned distance = 0;
    for (size_t i = 0; i < size; i += sizeof(uint64_t)) {
        const size_t bytes = size - i < sizeof(uint64_t) ? size - i : sizeof(uint64_t);
        uint64_t left = 0;
        uint64_t right = 0;
        memcpy(&left, a + i, bytes);
        memcpy(&right, b + i, bytes);
        distance += (unsigned)__builtin_popcountll(left ^ right);
    }
    return distance;
}

bool digests_labels_differ(const uint32_t *labels, size_t a, size_t b)
{
    return labels == NULL || labels[a] != labels[b];
}
