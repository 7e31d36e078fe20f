/* SPDX-License-Identifier: Apache-2.0 */
/* The index of digests against a comparison with all: any kind of digests, any tables, any way to share a radius out.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "index.h"
#include "support/any_plan.h"
#include "support/canary.h"
#include "support/digests.h"
#include "support/random.h"

enum { COUNT_MAX = 400, SIZE_MAX_BYTES = 32 };

static uint8_t *digests;
static iscc_index *search_index;
static size_t size;
static size_t count;

/* ---- The model ---- */

static int by_distance(const void *a, const void *b)
{
    const struct iscc_hit *x = a;
    const struct iscc_hit *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* All within the radius, in order. */
static size_t expect_hits(const uint8_t *digest, unsigned radius, struct iscc_hit *hits)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const unsigned distance = digests_distance(digest, digests + i * size, size);
        if (distance <= radius)
            hits[found++] = (struct iscc_hit){(uint32_t)i, distance};
    }
    qsort(hits, found, sizeof *hits, by_distance);
    return found;
}

static void assert_same_hits(const struct iscc_hit *hits, const struct iscc_hit *expected, size_t number)
{
    for (size_t i = 0; i < number; i++) {
        assert_int_equal(hits[i].number, expected[i].number);
        assert_int_equal(hits[i].distance, expected[i].distance);
    }
}

/* ---- Searches ---- */

struct seen {
    size_t count;
    struct iscc_hit hits[COUNT_MAX];
};

static int take_hit(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct seen *seen = context;
    assert_int_equal(first, 0);
    assert_in_range(seen->count, 0, COUNT_MAX - 1);
    seen->hits[seen->count++] = (struct iscc_hit){second, distance};
    return 0;
}

static void check_query(const uint8_t *digest, unsigned radius, size_t capacity)
{
    struct iscc_hit expected[COUNT_MAX];
    struct iscc_hit *hits = malloc(capacity * sizeof *hits + 1); /* as many, so that one too much is seen */
    struct seen seen = {0};
    size_t found = 0;
    const size_t expected_count = expect_hits(digest, radius, expected);

    assert_non_null(hits);
    assert_int_equal(iscc_index_query(search_index, digest, radius, hits, capacity, &found), ISCC_OK);
    assert_int_equal(found, expected_count);
    assert_same_hits(hits, expected, found < capacity ? found : capacity);

    assert_int_equal(iscc_index_each(search_index, digest, radius, take_hit, &seen), ISCC_OK);
    assert_int_equal(seen.count, expected_count);
    qsort(seen.hits, seen.count, sizeof seen.hits[0], by_distance);
    assert_same_hits(seen.hits, expected, seen.count);

    assert_int_equal(iscc_index_nearest(search_index, digest, hits, capacity, &found), ISCC_OK);
    assert_int_equal(found, capacity < count ? capacity : count);
    expect_hits(digest, 8 * (unsigned)size, expected);
    assert_same_hits(hits, expected, found);
    free(hits);
    /* Who wants none needs no room. */
    assert_int_equal(iscc_index_query(search_index, digest, radius, NULL, 0, &found), ISCC_OK);
    assert_int_equal(found, expected_count);
    assert_int_equal(iscc_index_nearest(search_index, digest, NULL, 0, &found), ISCC_OK);
    assert_int_equal(found, 0);
}

struct pairs_seen {
    size_t count;
    size_t wrong;
    unsigned radius;
    unsigned char *times; /* that each pair was told */
};

static int take_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct pairs_seen *seen = context;
    seen->wrong += first >= second || second >= count || distance > seen->radius ||
                   distance != digests_distance(digests + first * size, digests + second * size, size);
    seen->count++;
    if (first < count && second < count)
        seen->times[first * count + second]++;
    return 0;
}

/* `labels` may be NULL. */
static void check_labelled_pairs(unsigned radius, size_t slices, const uint32_t *labels)
{
    struct pairs_seen seen = {.radius = radius, .times = calloc(count * count + 1, 1)};
    size_t expected = 0;

    assert_non_null(seen.times);
    for (size_t slice = 0; slice < slices; slice++)
        assert_int_equal(labels == NULL
                             ? iscc_index_pairs(search_index, radius, slice, slices, take_pair, &seen)
                             : iscc_index_pairs_across(search_index, radius, labels, slice, slices, take_pair, &seen),
                         ISCC_OK);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if ((labels == NULL || labels[i] != labels[j]) &&
                digests_distance(digests + i * size, digests + j * size, size) <= radius) {
                assert_int_equal(seen.times[i * count + j], 1);
                expected++;
            }
    assert_int_equal(seen.wrong, 0);
    assert_int_equal(seen.count, expected);
    free(seen.times);
}

/* Labels in runs, so that many that stand together have the same. */
static void check_pairs(uint64_t *random, unsigned radius, size_t slices)
{
    uint32_t labels[COUNT_MAX];
    uint32_t label = 0;

    check_labelled_pairs(radius, slices, NULL);
    for (size_t i = 0; i < count; i++) {
        if (random_below(random, 50) == 0)
            label = (uint32_t)random_below(random, 3);
        labels[i] = label;
    }
    check_labelled_pairs(radius, slices, labels);
}

/* ---- Indexes ---- */

static void make_index(uint64_t *random, enum digests_kind kind, size_t number)
{
    count = number;
    digests_fill(random, kind, digests, size, count);
    assert_int_equal(iscc_index_new(&search_index, 8 * (unsigned)size), ISCC_OK);
    for (size_t added = 0; added < count;) {
        const size_t more = 1 + random_below(random, count - added);
        assert_int_equal(iscc_index_add(search_index, digests + added * size, more), ISCC_OK);
        added += more;
    }
    assert_int_equal(iscc_index_count(search_index), count);
}

static void check_index(uint64_t *random, unsigned radius)
{
    uint8_t digest[SIZE_MAX_BYTES];

    random_fill(random, digest, sizeof digest);
    check_query(digest, radius, random_below(random, 20));
    for (int i = 0; count > 0 && i < 3; i++) {
        memcpy(digest, digests + random_below(random, count) * size, size);
        digests_change(random, digest, size, random_below(random, 6));
        check_query(digest, radius, random_below(random, count + 2));
    }
    if (count > 0)
        check_query(digests, radius, COUNT_MAX);
    check_pairs(random, radius, 1 + random_below(random, 9));
}

static void any_tables(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 8 * DIGESTS_KINDS; round++) {
        size = 4 * (1 + round % 8);
        make_index(&random, (enum digests_kind)(round / 8), random_below(&random, COUNT_MAX / 2));
        for (size_t part_count = 0; part_count <= ISCC_PARTS_MAX; part_count += 1 + random_below(&random, 3)) {
            const unsigned radius = (unsigned)random_below(&random, ISCC_PLANS);
            assert_int_equal(iscc_index_build_parts(search_index, part_count), ISCC_OK);
            check_index(&random, radius);
            any_plan(&random, search_index, radius);
            check_index(&random, radius);
        }
        iscc_index_free(search_index);
    }
}

static size_t memory_of_pieces(void)
{
    size_t bytes = sizeof *search_index + search_index->capacity * size + count * (size + sizeof(uint32_t));
    for (size_t i = 0; i < search_index->piece_count; i++)
        bytes += sizeof search_index->pieces[i] + iscc_index_memory(search_index->pieces[i].index);
    return bytes;
}

/* What is in a ball is in a piece of its own, and not where it would cost what the ball is to save. */
static void assert_rest(const struct iscc_ball balls[], size_t ball_count)
{
    const struct iscc_piece *rest = &search_index->pieces[0];

    for (size_t i = 0; i < rest->index->count; i++)
        for (size_t j = 0; j < ball_count; j++)
            assert_true(digests_distance(digests + rest->numbers[i] * size, balls[j].centre, size) > balls[j].radius);
}

/* Any balls: in one another, crossing, empty, with everything in them. */
static void any_pieces(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 16 * DIGESTS_KINDS; round++) {
        struct iscc_ball balls[6];
        const size_t ball_count = random_below(&random, 6);
        size = 4 * (1 + round % 8);
        make_index(&random, (enum digests_kind)(round / 16), 1 + random_below(&random, COUNT_MAX / 2));
        for (size_t i = 0; i < ball_count; i++) {
            memcpy(balls[i].centre, digests + random_below(&random, count) * size, size);
            digests_change(&random, balls[i].centre, size, random_below(&random, 2 * size));
            balls[i].radius = (unsigned)random_below(&random, random_below(&random, 2) == 0 ? 3 * size : 8 * size + 1);
        }
        const unsigned radius = (unsigned)random_below(&random, 3 * size);
        assert_int_equal(iscc_pieces_build(search_index, balls, ball_count, radius), ISCC_OK);
        assert_int_equal(search_index->piece_count, ball_count + 1);
        assert_int_equal(iscc_index_memory(search_index), memory_of_pieces());
        assert_rest(balls, ball_count);
        check_index(&random, radius);
        check_index(&random, (unsigned)random_below(&random, 8 * size + 1));
        iscc_index_free(search_index);
    }
}

/* One digest at the edge of a ball, another one as far outside as the radius, and both on one side of the centre. */
static void a_ball_reaches_to_the_last_bit(void **state)
{
    struct iscc_ball ball = {.centre = {0}};

    (void)state;
    count = 2;
    for (size = 4; size <= 32; size += 4)
        for (unsigned radius = 1; radius <= 4 * size; radius++) {
            memset(digests, 0, count * size);
            ball.radius = 4 * (unsigned)size;
            memset(digests, 0xff, size / 2);
            memset(digests + size, 0xff, size / 2);
            for (unsigned bit = 0; bit < radius; bit++)
                digests[size + size / 2 + bit / 8] |= (uint8_t)(1u << bit % 8);
            assert_int_equal(iscc_index_new(&search_index, 8 * (unsigned)size), ISCC_OK);
            assert_int_equal(iscc_index_use(search_index, digests, count), ISCC_OK);
            assert_int_equal(iscc_pieces_build(search_index, &ball, 1, radius), ISCC_OK);
            for (unsigned nearer = 0; nearer <= 1; nearer++) {
                check_query(digests + size, radius - nearer, 2);
                check_labelled_pairs(radius - nearer, 1, NULL);
            }
            iscc_index_free(search_index);
        }
}

static void any_radius(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size = 4; size <= 32; size += 4) {
        make_index(&random, DIGESTS_CLUSTERS, 60);
        assert_int_equal(iscc_index_build_parts(search_index, 1 + random_below(&random, ISCC_PARTS_MAX)), ISCC_OK);
        for (unsigned radius = 0; radius <= 8 * size + 1; radius++) {
            check_query(digests + random_below(&random, count) * size, radius, 10);
            check_pairs(&random, radius, 2);
        }
        check_query(digests, UINT32_MAX, 10);
        iscc_index_free(search_index);
    }
}

/* ---- The rest of the interface ---- */

static int end_at_once(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    (void)first;
    (void)second;
    (void)distance;
    return ++*(size_t *)context == 3;
}

static void a_search_can_be_ended(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    size = 16;
    make_index(&random, DIGESTS_EQUAL, COUNT_MAX);
    for (size_t part_count = 0; part_count <= 4; part_count += 4) {
        size_t told = 0;
        assert_int_equal(iscc_index_build_parts(search_index, part_count), ISCC_OK);
        assert_int_equal(iscc_index_each(search_index, digests, 3, end_at_once, &told), ISCC_OK);
        assert_int_equal(told, 3);
        told = 0;
        assert_int_equal(iscc_index_pairs(search_index, 3, 0, 1, end_at_once, &told), ISCC_OK);
        assert_int_equal(told, 3);
    }
    iscc_index_free(search_index);
    make_index(&random, DIGESTS_CROWDED, COUNT_MAX);
    struct iscc_ball ball = {.radius = 20};
    memcpy(ball.centre, digests, size);
    assert_int_equal(iscc_pieces_build(search_index, &ball, 1, 40), ISCC_OK);
    size_t told = 0;
    assert_int_equal(iscc_index_each(search_index, digests, 40, end_at_once, &told), ISCC_OK);
    assert_int_equal(told, 3);
    told = 0;
    assert_int_equal(iscc_index_pairs(search_index, 40, 0, 1, end_at_once, &told), ISCC_OK);
    assert_int_equal(told, 3);
    iscc_index_free(search_index);
}

static void digests_can_be_added_later(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    size = 16;
    make_index(&random, DIGESTS_CLUSTERS, COUNT_MAX / 2);
    assert_int_equal(iscc_index_build_parts(search_index, 4), ISCC_OK);
    const size_t memory = iscc_index_memory(search_index);
    assert_true(memory >= count * (size + 4 * 8));
    digests_fill(&random, DIGESTS_CLUSTERS, digests + count * size, size, COUNT_MAX - count);
    assert_int_equal(iscc_index_add(search_index, digests + count * size, COUNT_MAX - count), ISCC_OK);
    assert_true(iscc_index_memory(search_index) < memory);
    count = COUNT_MAX;
    check_index(&random, 5);
    assert_int_equal(iscc_index_build_parts(search_index, 4), ISCC_OK);
    check_index(&random, 5);
    iscc_index_free(search_index);
}

/* No tables reach so far: then there are none, also where a radius and one is zero again. */
static void a_radius_beyond_all_bits_is_a_scan(void **state)
{
    static const unsigned radii[] = {ISCC_PLANS, 256, UINT_MAX - 1, UINT_MAX};
    uint64_t random = random_seed();

    (void)state;
    size = 16;
    make_index(&random, DIGESTS_RANDOM, COUNT_MAX);
    for (size_t i = 0; i < sizeof radii / sizeof radii[0]; i++) {
        assert_int_equal(iscc_index_build_parts(search_index, 4), ISCC_OK);
        check_query(digests, radii[i], COUNT_MAX);
        assert_int_equal(iscc_index_build(search_index, radii[i]), ISCC_OK);
        assert_int_equal(search_index->part_count, 0);
        check_query(digests, radii[i], COUNT_MAX);
    }
    check_pairs(&random, UINT_MAX, 3);
    iscc_index_free(search_index);
}

static void bad_arguments_are_refused(void **state)
{
    uint8_t digest[32] = {0};
    struct iscc_hit hits[1];
    size_t found;
    iscc_index *made;
    iscc_index *other;

    (void)state;
    CANARY_SET(made);
    CANARY_SET(found);
    for (unsigned bits = 0; bits <= 300; bits++)
        if (bits < 32 || bits > 256 || bits % 32 != 0)
            assert_int_equal(iscc_index_new(&made, bits), ISCC_ERROR_BITS);
    CANARY_CHECK(made);
    assert_int_equal(iscc_index_new(NULL, 64), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_new(&made, 64), ISCC_OK);
    assert_int_equal(iscc_index_new(&other, 64), ISCC_OK);
    assert_int_equal(iscc_index_add(NULL, digest, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_add(made, NULL, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_add(made, NULL, 0), ISCC_OK);
    assert_int_equal(iscc_index_use(made, NULL, 0), ISCC_OK);
    assert_int_equal(iscc_index_use(NULL, digest, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_use(made, NULL, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_add(made, digest, 1), ISCC_OK);
    assert_int_equal(iscc_index_use(made, digest, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_use(other, digest, 1), ISCC_OK);
    assert_int_equal(iscc_index_add(other, digest, 1), ISCC_ERROR_ARGUMENT);
#if SIZE_MAX > UINT32_MAX
    assert_int_equal(iscc_index_add(made, digest, ISCC_INDEX_MAX), ISCC_ERROR_ARGUMENT);
#endif
    assert_int_equal(iscc_index_count(made), 1);
    assert_int_equal(iscc_index_build(NULL, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_query(NULL, digest, 1, hits, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_query(made, NULL, 1, hits, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_query(made, digest, 1, NULL, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_query(made, digest, 1, hits, 1, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_nearest(NULL, digest, hits, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_nearest(made, NULL, hits, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_nearest(made, digest, NULL, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_nearest(made, digest, hits, 1, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_each(NULL, digest, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_each(made, NULL, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_each(made, digest, 1, NULL, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(NULL, 1, 0, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(made, 1, 0, 1, NULL, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(made, 1, 1, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(made, 1, 0, 0, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs_across(NULL, 1, NULL, 0, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs_across(made, 1, NULL, 0, 1, NULL, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs_across(made, 1, NULL, 1, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    CANARY_CHECK(found);
    assert_int_equal(iscc_index_count(NULL), 0);
    assert_int_equal(iscc_index_memory(NULL), 0);
    iscc_index_free(NULL);
    iscc_index_free(made);
    iscc_index_free(other);
}

static int make_room(void **state)
{
    (void)state;
    (void)random_seed();
    digests = malloc((size_t)COUNT_MAX * SIZE_MAX_BYTES);
    return digests == NULL ? -1 : 0;
}

static int release_room(void **state)
{
    (void)state;
    free(digests);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_tables),
        cmocka_unit_test(any_pieces),
        cmocka_unit_test(a_ball_reaches_to_the_last_bit),
        cmocka_unit_test(any_radius),
        cmocka_unit_test(a_search_can_be_ended),
        cmocka_unit_test(digests_can_be_added_later),
        cmocka_unit_test(a_radius_beyond_all_bits_is_a_scan),
        cmocka_unit_test(bad_arguments_are_refused),
    };
    return cmocka_run_group_tests_name("index", tests, make_room, release_room);
}
