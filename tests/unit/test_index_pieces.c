/* SPDX-License-Identifier: Apache-2.0 */
/* The pieces of an index: what is in each, and which of them a search compares with what, counted. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "index_search.h"
#include "support/counting.h"
#include "support/digests.h"
#include "support/random.h"

enum { COUNT_MAX = 5000, PIECES_MAX = ISCC_BALLS_MAX + 1, ROWS = 64, TILE = 1024 };

/* The digests of a case, and some room behind them. */
static uint8_t digests[COUNT_MAX + 1][32];
static size_t size;
static size_t count;

/* The balls of a case: the first one is none, that of the rest. */
static struct iscc_ball balls[PIECES_MAX];
static size_t piece_count;

static iscc_index *crowded;

/* ---- The model ---- */

/* The numbers of each piece's digests, in order. */
static uint32_t members[PIECES_MAX][COUNT_MAX];
static size_t sizes[PIECES_MAX];

static const uint8_t *digest_of(size_t number)
{
    return digests[0] + number * size;
}

static unsigned distance_of(const uint8_t *a, const uint8_t *b)
{
    return digests_distance(a, b, size);
}

static void share_out(void)
{
    memset(sizes, 0, sizeof sizes);
    for (size_t i = 0; i < count; i++) {
        size_t piece = 1;
        while (piece < piece_count && distance_of(balls[piece].centre, digest_of(i)) > balls[piece].radius)
            piece++;
        piece %= piece_count;
        members[piece][sizes[piece]++] = (uint32_t)i;
    }
}

/* Whether a point of a ball can be within the radius of a digest. */
static bool reaches(size_t piece, const uint8_t *digest, unsigned radius)
{
    return distance_of(balls[piece].centre, digest) <= (uint64_t)balls[piece].radius + radius;
}

/* A query of an index of which no piece has tables. */
static struct work work_of_query(const uint8_t *digest, unsigned radius)
{
    struct work work = {.compared = piece_count - 1};

    for (size_t piece = 0; piece < piece_count; piece++) {
        if (piece > 0 && !reaches(piece, digest, radius))
            continue;
        work.scanned += sizes[piece];
        work.scans += (sizes[piece] + TILE - 1) / TILE;
        for (size_t i = 0; i < sizes[piece]; i++)
            work.compared += distance_of(digest, digest_of(members[piece][i])) <= radius;
    }
    return work;
}

static bool differ(const uint32_t *labels, size_t a, size_t b)
{
    return labels == NULL || labels[a] != labels[b];
}

/* Adds the work of one digest with a crowd: nothing where the crowd is out of reach; else each tile in which some
 * digest has another label. */
static void add_row(struct work *work, size_t row, size_t piece, unsigned radius, const uint32_t *labels)
{
    work->compared++;
    for (size_t tile = 0; tile < sizes[piece] && reaches(piece, digest_of(row), radius); tile += TILE) {
        const size_t end = tile + TILE < sizes[piece] ? tile + TILE : sizes[piece];
        bool is_wanted = false;
        for (size_t i = tile; i < end; i++) {
            const size_t other = members[piece][i];
            is_wanted |= differ(labels, row, other);
            work->compared += differ(labels, row, other) && distance_of(digest_of(row), digest_of(other)) <= radius;
        }
        work->scans += is_wanted;
        work->scanned += is_wanted ? end - tile : 0;
    }
}

/* The work of a slice between the pieces: a row is compared with all crowds that stand behind its own piece. */
static struct work work_across(unsigned radius, const uint32_t *labels, size_t slice, size_t slices)
{
    struct work work = {0};

    for (size_t piece = 0; piece < piece_count; piece++)
        for (size_t i = iscc_slice_begin(sizes[piece], slice, slices);
             i < iscc_slice_begin(sizes[piece], slice + 1, slices); i++)
            for (size_t other = piece + 1; other < piece_count; other++)
                add_row(&work, members[piece][i], other, radius, labels);
    return work;
}

static void assert_work(struct work found, struct work expected)
{
    assert_int_equal(found.scanned, expected.scanned);
    assert_int_equal(found.scans, expected.scans);
    assert_int_equal(found.compared, expected.compared);
    assert_int_equal(found.sketches, expected.sketches);
    assert_int_equal(found.searches, expected.searches);
    assert_int_equal(found.measured, expected.measured);
    assert_int_equal(found.measures, expected.measures);
}

/* ---- What is told ---- */

/* Of all that is told, in any order. Ends the search at the call `end`, which is never where it is 0. */
struct told {
    size_t count;
    uint64_t sum;
    size_t end;
    struct work at_end;
};

static void add_told(struct told *told, uint32_t first, uint32_t second, unsigned distance)
{
    uint64_t mixed = ((uint64_t)first << 32 | second) * UINT64_C(0x9e3779b97f4a7c15) + distance;
    mixed = (mixed ^ mixed >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    told->count++;
    told->sum += mixed ^ mixed >> 32;
}

static int tell(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct told *told = context;
    add_told(told, first, second, distance);
    if (told->count == told->end)
        told->at_end = counted;
    return told->count == told->end ? -1 : 0;
}

static int tell_nobody(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    (void)context;
    (void)first;
    (void)second;
    (void)distance;
    return 0;
}

/* ---- Cases ---- */

/* Leaves no memory clean that the next calls get, on the heap and on the stack. */
static void soil_memory(void)
{
    volatile uint8_t stack[32768];
    uint8_t *heap = malloc(count + 1);

    assert_non_null(heap);
    memset(heap, 1, count + 1);
    for (size_t i = 0; i < sizeof stack; i++)
        stack[i] = 1;
    free(heap);
}

/* Splits the digests by the balls. Each tile of them is compared with each ball. */
static void build(unsigned radius)
{
    assert_int_equal(iscc_index_new(&crowded, 8 * (unsigned)size), ISCC_OK);
    assert_int_equal(iscc_index_use(crowded, digests, count), ISCC_OK);
    assert_int_equal(iscc_index_memory(crowded), sizeof *crowded);
    counting_use(crowded);
    counting_reset();
    soil_memory();
    assert_int_equal(iscc_pieces_build(crowded, balls + 1, piece_count - 1, radius), ISCC_OK);
    counting_use(crowded);
    assert_work(counted, (struct work){.scanned = (piece_count - 1) * count,
                                       .scans = (piece_count - 1) * ((count + TILE - 1) / TILE)});
    share_out();
}

static void check_pieces(void)
{
    static const struct iscc_ball none;
    size_t bytes = sizeof *crowded + count * (size + sizeof(uint32_t)) + piece_count * sizeof *crowded->pieces;

    assert_int_equal(crowded->piece_count, piece_count);
    for (size_t i = 0; i < piece_count; i++) {
        const struct iscc_piece *piece = &crowded->pieces[i];
        const struct iscc_ball *ball = i > 0 ? &balls[i] : &none;
        assert_memory_equal(piece->ball.centre, ball->centre, sizeof ball->centre);
        assert_int_equal(piece->ball.radius, ball->radius);
        assert_int_equal(piece->index->size, size);
        assert_int_equal(piece->index->count, sizes[i]);
        assert_memory_equal(piece->numbers, members[i], sizes[i] * sizeof members[i][0]);
        for (size_t j = 0; j < sizes[i]; j++)
            assert_memory_equal(piece->index->digests + j * size, digest_of(members[i][j]), size);
        bytes += iscc_index_memory(piece->index);
        if (i > 0)
            assert_int_equal(piece->index->part_count, 0);
    }
    assert_int_equal(iscc_index_memory(crowded), bytes);
}

static void check_query(const uint8_t *digest, unsigned radius)
{
    struct told told = {0};
    struct told expected = {0};

    for (size_t i = 0; i < count; i++)
        if (distance_of(digest, digest_of(i)) <= radius)
            add_told(&expected, 0, (uint32_t)i, distance_of(digest, digest_of(i)));
    counting_reset();
    assert_int_equal(iscc_index_each(crowded, digest, radius, tell, &told), ISCC_OK);
    assert_work(counted, work_of_query(digest, radius));
    assert_int_equal(told.count, expected.count);
    assert_int_equal(told.sum, expected.sum);
}

/* The pairs are those of a comparison of all with all. What is looked at is what it takes within the pieces, and in
 * between what the model says. */
static void check_pairs(unsigned radius, const uint32_t *labels, size_t slices)
{
    struct told told = {0};
    struct told expected = {0};

    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            const unsigned distance = distance_of(digest_of(i), digest_of(j));
            if (differ(labels, i, j) && distance <= radius)
                add_told(&expected, (uint32_t)i, (uint32_t)j, distance);
        }
    for (size_t slice = 0; slice < slices; slice++) {
        const struct work across = work_across(radius, labels, slice, slices);
        counting_reset();
        for (size_t i = 0; i < piece_count; i++)
            iscc_search_pairs(crowded->pieces[i].index, radius, labels, members[i], slice, slices, tell_nobody, NULL);
        const struct work within = counted;
        counting_reset();
        assert_int_equal(iscc_index_pairs_across(crowded, radius, labels, slice, slices, tell, &told), ISCC_OK);
        assert_int_equal(counted.scanned, within.scanned + across.scanned);
        assert_int_equal(counted.scans, within.scans + across.scans);
        assert_int_equal(counted.compared, within.compared + across.compared);
    }
    assert_int_equal(told.count, expected.count);
    assert_int_equal(told.sum, expected.sum);
}

/* Adds a crowd around a centre, and its ball. */
static void add_crowd(uint64_t *random, const uint8_t *centre, size_t number, unsigned radius)
{
    struct iscc_ball *ball = &balls[piece_count++];

    memset(ball, 0, sizeof *ball);
    memcpy(ball->centre, centre, size);
    ball->radius = radius;
    for (size_t i = 0; i < number; i++) {
        uint8_t *digest = digests[0] + count++ * size;
        memcpy(digest, centre, size);
        digests_change(random, digest, size, random_below(random, (radius < 8 * size ? radius : 8 * size) + 1));
    }
}

static void add_random(uint64_t *random, size_t number)
{
    random_fill(random, digests[0] + count * size, number * size);
    count += number;
}

static void begin_case(void)
{
    count = 0;
    piece_count = 1;
    memset(&balls[0], 0xff, sizeof balls[0]);
}

static void shuffle(uint64_t *random)
{
    for (size_t i = count; i > 1; i--) {
        uint8_t *last = digests[0] + (i - 1) * size;
        uint8_t *other = digests[0] + random_below(random, i) * size;
        uint8_t copy[32];
        memcpy(copy, last, size);
        memmove(last, other, size);
        memcpy(other, copy, size);
    }
}

/* Some crowds in a row, each a few bits from the one before, so that digests of one reach some of the others. */
static void make_case(uint64_t *random, const size_t *numbers, size_t crowds, size_t distance, size_t rest)
{
    uint8_t centre[32];

    begin_case();
    random_fill(random, centre, size);
    for (size_t i = 0; i < crowds; i++) {
        add_crowd(random, centre, numbers[i], 3 * (unsigned)size / 4);
        digests_change(random, centre, size, distance);
    }
    add_random(random, rest);
    shuffle(random);
}

static void check_case(uint64_t *random)
{
    static uint32_t labels[COUNT_MAX];
    const unsigned radius = (unsigned)size;
    uint8_t digest[32];

    build(radius);
    check_pieces();
    for (size_t i = 0; i < 40; i++) {
        memcpy(digest, digest_of(random_below(random, count)), size);
        digests_change(random, digest, size, random_below(random, 3 * size));
        check_query(digest, i % 2 == 0 ? radius : 2 * radius);
    }
    check_pairs(radius, NULL, 1);
    for (size_t i = 0; i < count; i++)
        labels[i] = (uint32_t)(i < 3 * count / 4 ? 0 : i % 2);
    check_pairs(2 * radius, labels, 3);
    for (size_t piece = 0; piece < piece_count; piece++)
        for (size_t i = 0; i < sizes[piece]; i++)
            labels[members[piece][i]] = (uint32_t)piece / 2;
    check_pairs(radius, labels, 2);
    iscc_index_free(crowded);
}

/* Crowds of as many digests as are compared together, and of one less and more. */
static void crowds_of_any_size(void **state)
{
    static const size_t numbers[][4] = {
        {1, 2, 3, 4}, {63, 64, 65, 128}, {1, 1023, 100, 0}, {1024, 63, 1, 7}, {40, 1025, 3, 64}};
    uint64_t random = 1;

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        size = 8 + 8 * (i % 4);
        make_case(&random, numbers[i], 4, 2 * size, 10 * i);
        check_case(&random);
    }
}

/* So many digests that tiles of the whole index have both edges. */
static void indexes_of_any_size(void **state)
{
    static const size_t counts[] = {TILE - 1, TILE, TILE + 1, 2 * TILE};
    static const size_t numbers[] = {100, 50};
    uint64_t random = 2;

    (void)state;
    size = 12;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        make_case(&random, numbers, 2, 20, counts[i] - 150);
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
        size = 4 + 4 * (round % 8);
        begin_case();
        add_random(&random, 40 + random_below(&random, 100));
        for (size_t i = 0; i < crowds; i++)
            add_crowd(&random, digest_of(random_below(&random, count)), random_below(&random, 30),
                      (unsigned)random_below(&random, round % 2 == 0 ? 3 * size : 9 * size));
        shuffle(&random);
        check_case(&random);
    }
}

static void as_many_balls_as_there_may_be(void **state)
{
    uint64_t random = 4;
    uint8_t centre[32];

    (void)state;
    size = 16;
    begin_case();
    for (size_t i = 0; i < ISCC_BALLS_MAX; i++) {
        random_fill(&random, centre, size);
        add_crowd(&random, centre, 1 + i % 7, 5);
    }
    add_random(&random, 50);
    shuffle(&random);
    check_case(&random);
    assert_int_equal(piece_count, PIECES_MAX);
}

/* It is the rest that gets tables, those that are best for as many digests. */
static void the_rest_has_tables(void **state)
{
    static const size_t numbers[] = {50, 70};
    uint64_t random = 5;
    double cost;

    (void)state;
    size = 8;
    make_case(&random, numbers, 2, 20, COUNT_MAX - 200);
    build(1);
    check_pieces();
    const iscc_index *rest = crowded->pieces[0].index;
    assert_int_equal(rest->count, COUNT_MAX - 200);
    assert_true(rest->part_count > 0);
    assert_int_equal(rest->part_count, iscc_plan_parts(8 * size, rest->count, 1, &cost));
    iscc_index_free(crowded);
}

/* Pieces make way for tables, tables for pieces, and pieces for others. */
static void pieces_come_and_go(void **state)
{
    static const size_t numbers[] = {50, 70};
    uint64_t random = 6;

    (void)state;
    size = 16;
    make_case(&random, numbers, 2, 20, 300);
    build(3);
    for (size_t i = 0; i < 2; i++) {
        const size_t plain = sizeof *crowded;
        assert_int_equal(iscc_index_build_parts(crowded, 4), ISCC_OK);
        assert_int_equal(crowded->piece_count, 0);
        assert_null(crowded->pieces);
        assert_true(iscc_index_memory(crowded) > plain + 4 * 8 * count);
        assert_int_equal(iscc_index_build_parts(crowded, 0), ISCC_OK);
        assert_int_equal(iscc_index_memory(crowded), plain);
        assert_int_equal(iscc_pieces_build(crowded, balls + 1, piece_count - 1, 3), ISCC_OK);
        assert_int_equal(iscc_pieces_build(crowded, balls + 1, piece_count - 1, 3), ISCC_OK);
        check_pieces();
    }
    iscc_index_free(crowded);
}

/* ---- The order in which pieces are compared ---- */

/* The first piece of crowds, the second one, and how often another tile of the second is compared with the first. */
static struct {
    const iscc_index *rows;
    const iscc_index *others;
    const uint8_t *tile;
    size_t changes;
} watched;

static size_t watch_tiles(const uint8_t *many, size_t width, size_t number, const uint8_t *digest, unsigned limit,
                          uint32_t *numbers)
{
    const uint8_t *rows_end = watched.rows->digests + watched.rows->count * width;
    const uint8_t *others_end = watched.others->digests + watched.others->count * width;

    if (digest >= watched.rows->digests && digest < rows_end && many >= watched.others->digests && many < others_end) {
        watched.changes += many != watched.tile;
        watched.tile = many;
    }
    return counting_kernels.find_near(many, width, number, digest, limit, numbers);
}

/* A tile, which stays in the cache, is compared with as many rows as there may be before the next one is. */
static void tiles_stay_for_some_rows(void **state)
{
    static const size_t rows[] = {1, ROWS - 1, ROWS, ROWS + 1, 2 * ROWS, 2 * ROWS + 1};
    struct iscc_kernels watching = counting_kernels;
    uint64_t random = 7;

    (void)state;
    size = 16;
    watching.find_near = watch_tiles;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        make_case(&random, (const size_t[]){rows[i], 2 * TILE + 1}, 2, 30, 0);
        balls[2].radius = 8 * (unsigned)size;
        build(0);
        watched.rows = crowded->pieces[1].index;
        watched.others = crowded->pieces[2].index;
        watched.tile = NULL;
        watched.changes = 0;
        for (size_t piece = 0; piece < piece_count; piece++)
            crowded->pieces[piece].index->kernels = &watching;
        assert_int_equal(iscc_index_pairs(crowded, 0, 0, 1, tell_nobody, NULL), ISCC_OK);
        assert_int_equal(watched.changes, 3 * ((rows[i] + ROWS - 1) / ROWS));
        iscc_index_free(crowded);
    }
}

/* ---- Searches that are ended ---- */

/* Nothing more is looked at or told, wherever the end comes. */
static void check_end(struct told *told, iscc_status status)
{
    assert_int_equal(status, ISCC_OK);
    assert_int_equal(told->count, told->end);
    assert_work(counted, told->at_end);
}

static void a_search_ends_at_once(void **state)
{
    static const size_t numbers[] = {70, 10, TILE + 8};
    uint64_t random = 8;

    (void)state;
    size = 16;
    make_case(&random, numbers, 3, 30, 80);
    build(12);
    for (size_t end = 1; end <= count; end += 1 + end / 40) {
        struct told told = {.end = end};
        counting_reset();
        check_end(&told, iscc_index_each(crowded, digest_of(0), 128, tell, &told));
    }
    for (size_t end = 1; end <= 100 * count; end += 1 + end / 9) {
        struct told told = {.end = end};
        counting_reset();
        check_end(&told, iscc_index_pairs(crowded, 128, 0, 1, tell, &told));
    }
    iscc_index_free(crowded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crowds_of_any_size),       cmocka_unit_test(indexes_of_any_size),
        cmocka_unit_test(balls_that_cross),         cmocka_unit_test(as_many_balls_as_there_may_be),
        cmocka_unit_test(the_rest_has_tables),      cmocka_unit_test(pieces_come_and_go),
        cmocka_unit_test(tiles_stay_for_some_rows), cmocka_unit_test(a_search_ends_at_once),
    };
    return cmocka_run_group_tests_name("index_pieces", tests, NULL, NULL);
}
