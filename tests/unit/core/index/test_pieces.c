/* SPDX-License-Identifier: Apache-2.0 */
/* The pieces of an index: what is in each, and which of them a search compares with what, counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "counting.h"
#include "crowded.h"
#include "digests.h"
#include "index/search.h"
#include "pieces_model.h"
#include "support/random.h"
#include "told.h"

static void make_pieces(unsigned radius)
{
    pieces_build(radius);
    pieces_model_share_out();
}

static void check_pieces(void)
{
    static const struct iscc_ball none;
    size_t bytes = sizeof *pieces.index + crowded.count * (crowded.size + sizeof(uint32_t)) +
                   pieces.count * sizeof *pieces.index->pieces;

    assert_int_equal(pieces.index->piece_count, pieces.count);
    for (size_t i = 0; i < pieces.count; i++) {
        const struct iscc_piece *piece = &pieces.index->pieces[i];
        const struct iscc_ball *ball = i > 0 ? &pieces.balls[i] : &none;
        assert_memory_equal(piece->ball.centre, ball->centre, sizeof ball->centre);
        assert_int_equal(piece->ball.radius, ball->radius);
        assert_int_equal(piece->index->size, crowded.size);
        assert_int_equal(piece->index->count, pieces_model.sizes[i]);
        assert_memory_equal(piece->numbers, pieces_model.members[i],
                            pieces_model.sizes[i] * sizeof pieces_model.members[i][0]);
        for (size_t j = 0; j < pieces_model.sizes[i]; j++)
            assert_memory_equal(piece->index->digests + j * crowded.size, crowded_digest(pieces_model.members[i][j]),
                                crowded.size);
        bytes += iscc_index_memory(piece->index);
        if (i > 0)
            assert_int_equal(piece->index->part_count, 0);
    }
    assert_int_equal(iscc_index_memory(pieces.index), bytes);
}

static void check_query(const uint8_t *digest, unsigned radius)
{
    const struct work work = pieces_model_query(digest, radius);
    struct told told = {0};
    struct told expected = {0};

    for (size_t i = 0; i < crowded.count; i++)
        if (crowded_distance(digest, crowded_digest(i)) <= radius)
            told_add(&expected, 0, (uint32_t)i, crowded_distance(digest, crowded_digest(i)));
    counting_reset();
    assert_int_equal(iscc_index_each(pieces.index, digest, radius, told_pair, &told), ISCC_OK);
    counting_assert(&work);
    assert_int_equal(told.count, expected.count);
    assert_int_equal(told.sum, expected.sum);
}

/* The pairs are those of a comparison of all with all. What is looked at is what it takes within the pieces, and in
 * between what the model says. */
static void check_pairs(unsigned radius, const uint32_t *labels, size_t slices)
{
    struct told told = {0};
    struct told expected = {0};

    for (size_t i = 0; i < crowded.count; i++)
        for (size_t j = i + 1; j < crowded.count; j++) {
            const unsigned distance = crowded_distance(crowded_digest(i), crowded_digest(j));
            if (digests_labels_differ(labels, i, j) && distance <= radius)
                told_add(&expected, (uint32_t)i, (uint32_t)j, distance);
        }
    for (size_t slice = 0; slice < slices; slice++) {
        struct told of_pieces = {0};
        const struct work across = pieces_model_across(radius, labels, slice, slices);
        counting_reset();
        for (size_t i = 0; i < pieces.count; i++)
            iscc_search_pairs(pieces.index->pieces[i].index, radius, labels, pieces_model.members[i], slice, slices,
                              told_pair, &of_pieces);
        const struct work within = counted;
        counting_reset();
        assert_int_equal(iscc_index_pairs_across(pieces.index, radius, labels, slice, slices, told_pair, &told),
                         ISCC_OK);
        assert_int_equal(counted.scanned, within.scanned + across.scanned);
        assert_int_equal(counted.scans, within.scans + across.scans);
        assert_int_equal(counted.compared, within.compared + across.compared);
    }
    assert_int_equal(told.count, expected.count);
    assert_int_equal(told.sum, expected.sum);
}

static void check_case(uint64_t *random)
{
    static uint32_t labels[PIECES_DIGESTS_MAX];
    const unsigned radius = (unsigned)crowded.size;
    uint8_t digest[32];

    make_pieces(radius);
    check_pieces();
    for (size_t i = 0; i < 40; i++) {
        memcpy(digest, crowded_digest(random_below(random, crowded.count)), crowded.size);
        digests_change(random, digest, crowded.size, random_below(random, 3 * crowded.size));
        check_query(digest, i % 2 == 0 ? radius : 2 * radius);
    }
    check_pairs(radius, NULL, 1);
    for (size_t i = 0; i < crowded.count; i++)
        labels[i] = (uint32_t)(i < 3 * crowded.count / 4 ? 0 : i % 2);
    check_pairs(2 * radius, labels, 3);
    for (size_t piece = 0; piece < pieces.count; piece++)
        for (size_t i = 0; i < pieces_model.sizes[piece]; i++)
            labels[pieces_model.members[piece][i]] = (uint32_t)piece / 2;
    check_pairs(radius, labels, 2);
    iscc_index_free(pieces.index);
}

/* Crowds of as many digests as are compared together, and of one less and more. */
static void crowds_of_any_size(void **state)
{
    static const size_t numbers[][4] = {
        {1, 2, 3, 4}, {63, 64, 65, 128}, {1, 1023, 100, 0}, {1024, 63, 1, 7}, {40, 1025, 3, 64}};
    uint64_t random = 1;

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        crowded.size = 8 + 8 * (i % 4);
        pieces_fill(&random, numbers[i], 4, 2 * crowded.size, 10 * i);
        check_case(&random);
    }
}

/* So many digests that tiles of the whole index have both edges. */
static void indexes_of_any_size(void **state)
{
    static const size_t counts[] = {PIECES_TILE - 1, PIECES_TILE, PIECES_TILE + 1, 2 * PIECES_TILE};
    static const size_t numbers[] = {100, 50};
    uint64_t random = 2;

    (void)state;
    crowded.size = 12;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        pieces_fill(&random, numbers, 2, 20, counts[i] - 150);
        check_case(&random);
    }
}

/* Balls in one another: the first one that has a digest keeps it. Some stay without any, and some have all. */
static void balls_that_cross(void **state)
{
    uint64_t random = 3;

    (void)state;
    for (size_t round = 0; round < 30; round++) {
        const size_t crowds = random_below(&random, 6);
        crowded.size = 4 + 4 * (round % 8);
        pieces_begin();
        crowded_add_random(&random, 40 + random_below(&random, 100));
        for (size_t i = 0; i < crowds; i++)
            pieces_add(&random, crowded_digest(random_below(&random, crowded.count)), random_below(&random, 30),
                       (unsigned)random_below(&random, round % 2 == 0 ? 3 * crowded.size : 9 * crowded.size));
        crowded_shuffle(&random);
        check_case(&random);
    }
}

static void as_many_balls_as_there_may_be(void **state)
{
    uint64_t random = 4;
    uint8_t centre[32];

    (void)state;
    crowded.size = 16;
    pieces_begin();
    for (size_t i = 0; i < ISCC_BALLS_MAX; i++) {
        random_fill(&random, centre, crowded.size);
        pieces_add(&random, centre, 1 + i % 7, 5);
    }
    crowded_add_random(&random, 50);
    crowded_shuffle(&random);
    check_case(&random);
    assert_int_equal(pieces.count, PIECES_MAX);
}

/* It is the rest that gets tables, those that are best for as many digests. */
static void the_rest_has_tables(void **state)
{
    static const size_t numbers[] = {50, 70};
    uint64_t random = 5;
    double cost;

    (void)state;
    crowded.size = 8;
    pieces_fill(&random, numbers, 2, 20, PIECES_DIGESTS_MAX - 200);
    make_pieces(1);
    check_pieces();
    const iscc_index *rest = pieces.index->pieces[0].index;
    assert_int_equal(rest->count, PIECES_DIGESTS_MAX - 200);
    assert_true(rest->part_count > 0);
    assert_int_equal(rest->part_count, iscc_plan_parts(8 * crowded.size, rest->count, 1, &cost));
    iscc_index_free(pieces.index);
}

/* Pieces make way for tables, tables for pieces, and pieces for others. */
static void pieces_come_and_go(void **state)
{
    static const size_t numbers[] = {50, 70};
    uint64_t random = 6;

    (void)state;
    crowded.size = 16;
    pieces_fill(&random, numbers, 2, 20, 300);
    make_pieces(3);
    for (size_t i = 0; i < 2; i++) {
        const size_t plain = sizeof *pieces.index;
        assert_int_equal(iscc_index_build_parts(pieces.index, 4), ISCC_OK);
        assert_int_equal(pieces.index->piece_count, 0);
        assert_null(pieces.index->pieces);
        assert_true(iscc_index_memory(pieces.index) > plain + 4 * 8 * crowded.count);
        assert_int_equal(iscc_index_build_parts(pieces.index, 0), ISCC_OK);
        assert_int_equal(iscc_index_memory(pieces.index), plain);
        assert_int_equal(iscc_pieces_build(pieces.index, pieces.balls + 1, pieces.count - 1, 3), ISCC_OK);
        assert_int_equal(iscc_pieces_build(pieces.index, pieces.balls + 1, pieces.count - 1, 3), ISCC_OK);
        check_pieces();
    }
    iscc_index_free(pieces.index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crowds_of_any_size),  cmocka_unit_test(indexes_of_any_size),
        cmocka_unit_test(balls_that_cross),    cmocka_unit_test(as_many_balls_as_there_may_be),
        cmocka_unit_test(the_rest_has_tables), cmocka_unit_test(pieces_come_and_go),
    };
    return cmocka_run_group_tests_name("index_pieces", tests, NULL, NULL);
}
