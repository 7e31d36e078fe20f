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

/* The digest `number`, from those before it. */
static void fill_one(uint64_t *state, enum digests_kind kind, uint8_t *digests, size_t size, size_t number)
{
    static const uint8_t first_bytes[] = {0x00, 0x10, 0x01};
    static const size_t distances[] = {10, 11, 12, 12, 12, 13, 13, 13, 14};
    uint8_t *digest = digests + number * size;

    random_fill(state, digest, size);
    switch (kind) {
    case DIGESTS_CLUSTERS:
        if (number > 0 && random_below(state, 3) > 0) {
            memcpy(digest, digests + random_below(state, number) * size, size);
            digests_change(state, digest, size, random_below(state, 16));
        }
        break;
    case DIGESTS_EQUAL:
        memcpy(digest, digests, size);
        break;
    case DIGESTS_FEW:
        if (number >= FEW)
            memcpy(digest, digests + random_below(state, FEW) * size, size);
        break;
    case DIGESTS_BEGIN_EQUAL:
        memcpy(digest, digests, size / 2);
        break;
    case DIGESTS_SPARSE:
        memset(digest, 0, size);
        digests_change(state, digest, size, random_below(state, 9));
        break;
    case DIGESTS_AT_DISTANCES:
        if (number > 0) {
            memcpy(digest, digests, size);
            digests_change(state, digest, size, distances[random_below(state, sizeof distances / sizeof *distances)]);
        }
        break;
    case DIGESTS_CROWDED:
        if (number >= FEW) {
            memcpy(digest, digests + random_below(state, FEW) * size, size);
            digests_change(state, digest, size, size - random_below(state, size / 4 + 1));
        }
        break;
    case DIGESTS_SHARE_KEYS:
        if (number % FEW == 0) {
            memset(digest, 0, size);
            digest[0] = first_bytes[number / FEW % 3];
            digest[size - 1] = (uint8_t)(1u << random_below(state, 8));
        }
        break;
    default:
        break;
    }
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
