/* SPDX-License-Identifier: Apache-2.0 */
/* Searches of an index against a comparison with all: any kind of digests, any tables, any pieces, any way to share a
 * radius out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "any_plan.h"
#include "compared.h"
#include "digests.h"
#include "index/index.h"
#include "support/random.h"

static void any_tables(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 8 * DIGESTS_KINDS; round++) {
        compared.size = 4 * (1 + round % 8);
        compared_make(&random, (enum digests_kind)(round / 8), random_below(&random, COMPARED_MAX / 2));
        for (size_t part_count = 0; part_count <= ISCC_PARTS_MAX; part_count += 1 + random_below(&random, 3)) {
            const unsigned radius = (unsigned)random_below(&random, ISCC_PLANS);
            assert_int_equal(iscc_index_build_parts(compared.index, part_count), ISCC_OK);
            compared_search(&random, radius);
            any_plan(&random, compared.index, radius);
            compared_search(&random, radius);
        }
        iscc_index_free(compared.index);
    }
}

static size_t memory_of_pieces(void)
{
    size_t bytes = sizeof *compared.index + compared.index->capacity * compared.size +
                   compared.count * (compared.size + sizeof(uint32_t));
    for (size_t i = 0; i < compared.index->piece_count; i++)
        bytes += sizeof compared.index->pieces[i] + iscc_index_memory(compared.index->pieces[i].index);
    return bytes;
}

/* What is in a ball is in a piece of its own, and not where it would cost what the ball is to save. */
static void assert_rest(const struct iscc_ball balls[], size_t ball_count)
{
    const struct iscc_piece *rest = &compared.index->pieces[0];

    for (size_t i = 0; i < rest->index->count; i++)
        for (size_t j = 0; j < ball_count; j++)
            assert_true(digests_distance(compared_digest(rest->numbers[i]), balls[j].centre, compared.size) >
                        balls[j].radius);
}

/* Any balls: in one another, crossing, empty, with everything in them. */
static void any_pieces(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 16 * DIGESTS_KINDS; round++) {
        struct iscc_ball balls[6];
        const size_t ball_count = random_below(&random, 6);
        compared.size = 4 * (1 + round % 8);
        compared_make(&random, (enum digests_kind)(round / 16), 1 + random_below(&random, COMPARED_MAX / 2));
        for (size_t i = 0; i < ball_count; i++) {
            memcpy(balls[i].centre, compared_digest(random_below(&random, compared.count)), compared.size);
            digests_change(&random, balls[i].centre, compared.size, random_below(&random, 2 * compared.size));
            balls[i].radius = (unsigned)random_below(&random, random_below(&random, 2) == 0 ? 3 * compared.size
                                                                                            : 8 * compared.size + 1);
        }
        const unsigned radius = (unsigned)random_below(&random, 3 * compared.size);
        assert_int_equal(iscc_pieces_build(compared.index, balls, ball_count, radius), ISCC_OK);
        assert_int_equal(compared.index->piece_count, ball_count + 1);
        assert_int_equal(iscc_index_memory(compared.index), memory_of_pieces());
        assert_rest(balls, ball_count);
        compared_search(&random, radius);
        compared_search(&random, (unsigned)random_below(&random, 8 * compared.size + 1));
        iscc_index_free(compared.index);
    }
}

/* One digest at the edge of a ball, another one as far outside as the radius, and both on one side of the centre. */
static void a_ball_reaches_to_the_last_bit(void **state)
{
    struct iscc_ball ball = {.centre = {0}};

    (void)state;
    compared.count = 2;
    for (compared.size = 4; compared.size <= 32; compared.size += 4)
        for (unsigned radius = 1; radius <= 4 * compared.size; radius++) {
            memset(compared.digests, 0, compared.count * compared.size);
            ball.radius = 4 * (unsigned)compared.size;
            memset(compared.digests, 0xff, compared.size / 2);
            memset(compared.digests + compared.size, 0xff, compared.size / 2);
            for (unsigned bit = 0; bit < radius; bit++)
                compared.digests[compared.size + compared.size / 2 + bit / 8] |= (uint8_t)(1u << bit % 8);
            assert_int_equal(iscc_index_new(&compared.index, 8 * (unsigned)compared.size), ISCC_OK);
            assert_int_equal(iscc_index_use(compared.index, compared.digests, compared.count), ISCC_OK);
            assert_int_equal(iscc_pieces_build(compared.index, &ball, 1, radius), ISCC_OK);
            for (unsigned nearer = 0; nearer <= 1; nearer++) {
                compared_query(compared.digests + compared.size, radius - nearer, 2);
                compared_labelled_pairs(radius - nearer, 1, NULL);
            }
            iscc_index_free(compared.index);
        }
}

static void any_radius(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (compared.size = 4; compared.size <= 32; compared.size += 4) {
        compared_make(&random, DIGESTS_CLUSTERS, 60);
        assert_int_equal(iscc_index_build_parts(compared.index, 1 + random_below(&random, ISCC_PARTS_MAX)), ISCC_OK);
        for (unsigned radius = 0; radius <= 8 * compared.size + 1; radius++) {
            compared_query(compared_digest(random_below(&random, compared.count)), radius, 10);
            compared_pairs(&random, radius, 2);
        }
        compared_query(compared.digests, UINT32_MAX, 10);
        iscc_index_free(compared.index);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_tables),
        cmocka_unit_test(any_pieces),
        cmocka_unit_test(a_ball_reaches_to_the_last_bit),
        cmocka_unit_test(any_radius),
    };
    return cmocka_run_group_tests_name("index_search", tests, NULL, NULL);
}
