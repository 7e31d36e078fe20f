/* SPDX-License-Identifier: Apache-2.0 */
/* A search in lanes that records its calls. */
#include "recorded_lanes.h"

#include <stdlib.h>

#include "kernels/chain.h"
#include "support/random.h"
#include "support/unit.h"

uint8_t *area;
uint32_t *cuts;
static uint32_t *expected;
struct block blocks[256];
size_t block_count;

/* Records the call, and searches each lane sequentially. */
static void record(struct iscc_lanes *lanes, unsigned count)
{
    assert_true(block_count < COUNT(blocks));
    blocks[block_count++] = (struct block){(size_t)(lanes->bytes - area), lanes->stride, count};
    for (unsigned i = 0; i < count; i++) {
        const struct iscc_chain chain = {.bytes = lanes->bytes, .size = lanes->size};
        /* A lane overruns into the next one by exactly this much, unless the bytes end before. */
        const size_t goal = (i + 1) * (size_t)lanes->stride + OVERRUN;
        const size_t last = lanes->size - ISCC_LANE_STEP;
        assert_int_equal(lanes->goals[i], goal < last ? goal : last);
        size_t begin = (size_t)i * lanes->stride;
        size_t length;
        while (begin < lanes->goals[i] && (length = iscc_chain_length(&chain, begin, lanes->goals[i])) > 0)
            *lanes->ends[i]++ = (uint32_t)(begin += length);
    }
}

static void run_16(struct iscc_lanes *lanes)
{
    record(lanes, 16);
}

void run_4(struct iscc_lanes *lanes)
{
    record(lanes, 4);
}

static const struct iscc_lanes_search search_4 = {
    .lanes = 4, .block_min = BLOCK_MIN_4, .overrun = OVERRUN, .run = run_4};
const struct iscc_lanes_search search_16 = {
    .lanes = 16, .block_min = BLOCK_MIN_16, .overrun = OVERRUN, .run = run_16, .fallback = &search_4};

void search_with(const struct iscc_lanes_search *lanes_search, size_t size, struct iscc_speculation *speculation)
{
    block_count = 0;
    const size_t count = iscc_lanes_find_cuts(lanes_search, area, size, cuts, speculation);
    const size_t expected_count = iscc_kernels_portable.find_cuts(area, size, expected, NULL);
    assert_int_equal(count, expected_count);
    assert_memory_equal(cuts, expected, count * sizeof *cuts);
}

void search(size_t size, struct iscc_speculation *speculation)
{
    search_with(&search_16, size, speculation);
}

size_t cut_from(size_t offset)
{
    size_t i = 0;
    while (expected[i] < offset)
        i++;
    return expected[i];
}

void assert_block(size_t number, size_t begin, size_t stride, unsigned lanes)
{
    assert_true(number < block_count);
    assert_int_equal(blocks[number].begin, begin);
    assert_int_equal(blocks[number].stride, stride);
    assert_int_equal(blocks[number].lanes, lanes);
}

void assert_speculation(const struct iscc_speculation *speculation, size_t block, size_t backoff, unsigned failures)
{
    assert_int_equal(speculation->block, block);
    assert_int_equal(speculation->backoff, backoff);
    assert_int_equal(speculation->failures, failures);
}

void fill_random(size_t begin, size_t size)
{
    uint64_t numbers = 7;
    random_fill(&numbers, area + begin, size);
}

void fill_period(size_t period)
{
    fill_random(0, period);
    for (size_t i = period; i < AREA_SIZE; i++)
        area[i] = area[i - period];
}

int recorded_set_up(void **state)
{
    (void)state;
    area = malloc(AREA_SIZE);
    cuts = malloc(ISCC_CUTS_MAX(AREA_SIZE) * sizeof *cuts);
    expected = malloc(ISCC_CUTS_MAX(AREA_SIZE) * sizeof *expected);
    return area == NULL || cuts == NULL || expected == NULL;
}

int recorded_tear_down(void **state)
{
    (void)state;
    free(area);
    free(cuts);
    free(expected);
    return 0;
}
