/* SPDX-License-Identifier: Apache-2.0 */
/* An index of pieces that counts what is looked at. */
#include "pieces.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "counting.h"
#include "crowded.h"
#include "digests.h"
#include "support/random.h"
#include "support/soil.h"

struct pieces pieces;

void pieces_begin(void)
{
    crowded.count = 0;
    pieces.count = 1;
    memset(&pieces.balls[0], 0xff, sizeof pieces.balls[0]);
}

void pieces_add(uint64_t *random, const uint8_t *centre, size_t number, unsigned radius)
{
    struct iscc_ball *ball = &pieces.balls[pieces.count++];

    memset(ball, 0, sizeof *ball);
    memcpy(ball->centre, centre, crowded.size);
    ball->radius = radius;
    crowded_add_copies(random, centre, number, 0, radius < 8 * crowded.size ? radius : 8 * crowded.size);
}

void pieces_fill(uint64_t *random, const size_t *numbers, size_t crowds, size_t distance, size_t rest)
{
    uint8_t centre[CROWDED_BYTES_MAX];

    pieces_begin();
    random_fill(random, centre, crowded.size);
    for (size_t i = 0; i < crowds; i++) {
        pieces_add(random, centre, numbers[i], 3 * (unsigned)crowded.size / 4);
        digests_change(random, centre, crowded.size, distance);
    }
    crowded_add_random(random, rest);
    crowded_shuffle(random);
}

/* Each tile of all digests is compared with each ball. */
void pieces_build(unsigned radius)
{
    const size_t balls = pieces.count - 1;
    const struct work expected = {
        .scanned = balls * crowded.count,
        .scans = balls * ((crowded.count + PIECES_TILE - 1) / PIECES_TILE),
    };

    assert_int_equal(iscc_index_new(&pieces.index, 8 * (unsigned)crowded.size), ISCC_OK);
    assert_int_equal(iscc_index_use(pieces.index, crowded.digests, crowded.count), ISCC_OK);
    assert_int_equal(iscc_index_memory(pieces.index), sizeof *pieces.index);
    counting_use(pieces.index);
    counting_reset();
    soil_memory(crowded.count);
    assert_int_equal(iscc_pieces_build(pieces.index, pieces.balls + 1, balls, radius), ISCC_OK);
    counting_use(pieces.index);
    counting_assert(&expected);
}
