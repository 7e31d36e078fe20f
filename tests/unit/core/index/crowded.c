/* SPDX-License-Identifier: Apache-2.0 */
/* Digests in crowds. */
#include "crowded.h"

#include <string.h>

#include "digests.h"
#include "support/random.h"

struct crowded crowded;

const uint8_t *crowded_digest(size_t number)
{
    return crowded.digests + number * crowded.size;
}

unsigned crowded_distance(const uint8_t *a, const uint8_t *b)
{
    return digests_distance(a, b, crowded.size);
}

void crowded_add_copies(uint64_t *random, const uint8_t *centre, size_t copies, size_t least, size_t most)
{
    for (size_t i = 0; i < copies; i++) {
        uint8_t *digest = crowded.digests + crowded.count++ * crowded.size;
        memcpy(digest, centre, crowded.size);
        digests_change(random, digest, crowded.size, least + random_below(random, most - least + 1));
    }
}

void crowded_add_random(uint64_t *random, size_t number)
{
    random_fill(random, crowded.digests + crowded.count * crowded.size, number * crowded.size);
    crowded.count += number;
}

void crowded_shuffle(uint64_t *random)
{
    const size_t size = crowded.size;

    for (size_t i = crowded.count; i > 1; i--) {
        uint8_t *last = crowded.digests + (i - 1) * size;
        uint8_t *other = crowded.digests + random_below(random, i) * size;
        uint8_t copy[CROWDED_BYTES_MAX];
        memcpy(copy, last, size);
        memmove(last, other, size);
        memcpy(other, copy, size);
    }
}
