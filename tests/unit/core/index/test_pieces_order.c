/* SPDX-License-Identifier: Apache-2.0 */
/* The order in which the pieces of an index are compared, and that nothing is after a search has been ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "counting.h"
#include "crowded.h"
#include "index/index.h"
#include "pieces.h"
#include "pieces.h"
#include "support/random.h"
#include "told.h"

/* So many digests are compared with a tile while it is in the cache. */
enum { ROWS = 64 };

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
    struct told told = {0};
    uint64_t random = 7;

    (void)state;
    crowded.size = 16;
    watching.find_near = watch_tiles;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pieces_fill(&random, (const size_t[]){rows[i], 2 * PIECES_TILE + 1}, 2, 30, 0);
        pieces.balls[2].radius = 8 * (unsigned)crowded.size;
        pieces_build(0);
        watched.rows = pieces.index->pieces[1].index;
        watched.others = pieces.index->pieces[2].index;
        watched.tile = NULL;
        watched.changes = 0;
        for (size_t piece = 0; piece < pieces.count; piece++)
            pieces.index->pieces[piece].index->kernels = &watching;
        assert_int_equal(iscc_index_pairs(pieces.index, 0, 0, 1, told_pair, &told), ISCC_OK);
        assert_int_equal(watched.changes, 3 * ((rows[i] + ROWS - 1) / ROWS));
        iscc_index_free(pieces.index);
    }
}

/* A search that ends at the call `end`, and what had been looked at by then. */
struct ended {
    size_t count;
    size_t end;
    struct work at_end;
};

static int end_search(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct ended *ended = context;

    (void)first;
    (void)second;
    (void)distance;
    if (++ended->count < ended->end)
        return 0;
    ended->at_end = counted;
    return -1;
}

/* Nothing more is looked at or told, wherever the end comes. */
static void check_end(const struct ended *ended, iscc_status status)
{
    assert_int_equal(status, ISCC_OK);
    assert_int_equal(ended->count, ended->end);
    counting_assert(&ended->at_end);
}

static void a_search_ends_at_once(void **state)
{
    static const size_t numbers[] = {70, 10, PIECES_TILE + 8};
    uint64_t random = 8;

    (void)state;
    crowded.size = 16;
    pieces_fill(&random, numbers, 3, 30, 80);
    pieces_build(12);
    for (size_t end = 1; end <= crowded.count; end += 1 + end / 40) {
        struct ended ended = {.end = end};
        counting_reset();
        check_end(&ended, iscc_index_each(pieces.index, crowded_digest(0), 128, end_search, &ended));
    }
    for (size_t end = 1; end <= 100 * crowded.count; end += 1 + end / 9) {
        struct ended ended = {.end = end};
        counting_reset();
        check_end(&ended, iscc_index_pairs(pieces.index, 128, 0, 1, end_search, &ended));
    }
    iscc_index_free(pieces.index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiles_stay_for_some_rows),
        cmocka_unit_test(a_search_ends_at_once),
    };
    return cmocka_run_group_tests_name("index_pieces_order", tests, NULL, NULL);
}
