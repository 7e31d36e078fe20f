/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of inputs, by every kernel table, in memory with guard pages on both sides: the chunks of each input are
 * those that the byte-wise search finds in it alone, and its hash is that of the BLAKE3 library. */
#include <blake3.h>
#include <stdlib.h>
#include <string.h>

#include "core/kernels/guarded_area.h"
#include "core/pattern.h"
#include "kernels/gear.h"
#include "support/random.h"
#include "support/unit.h"

#define CHUNKS_MAX ISCC_BATCH_CHUNKS(ISCC_BATCH_SIZE, ISCC_BATCH_COUNT)

static uint8_t *area;
static uint8_t *pattern;
static uint32_t expected[CHUNKS_MAX];
static uint32_t found[CHUNKS_MAX + 1];
static size_t splits[8]; /* batches that each table has split */

/* Appends the ends of an input's chunks. */
static size_t search_input(const uint8_t *bytes, uint32_t begin, uint32_t end, size_t count)
{
    const size_t first = count;

    while (begin < end) {
        struct iscc_gear_scan scan = {0, 0};
        const size_t length = iscc_gear_scan(&scan, bytes + begin, end - begin);
        begin = length > 0 ? begin + (uint32_t)length : end;
        expected[count++] = begin;
    }
    if (count == first)
        expected[count++] = end;
    return count;
}

/* The BLAKE3 hash of each input is that of the library. */
static void check_hashes(const char *what, const uint8_t *bytes, const uint32_t *ends, size_t count)
{
    static uint8_t hashes[ISCC_BATCH_COUNT + 1][ISCC_BLAKE3_SIZE];
    static const uint8_t untouched[ISCC_BLAKE3_SIZE] = {0xde, 0xad};
    uint8_t expected_hash[BLAKE3_OUT_LEN];

    FOR_EACH_TABLE(table)
    {
        if (table->hash_inputs == NULL)
            continue;
        memcpy(hashes[count], untouched, sizeof untouched);
        table->hash_inputs(bytes, ends, count, hashes);
        for (size_t i = 0; i < count; i++) {
            const uint32_t begin = i > 0 ? ends[i - 1] : 0;
            blake3_hasher hasher;
            blake3_hasher_init(&hasher);
            blake3_hasher_update(&hasher, bytes + begin, ends[i] - begin);
            blake3_hasher_finalize(&hasher, expected_hash, sizeof expected_hash);
            if (memcmp(hashes[i], expected_hash, sizeof expected_hash) != 0)
                fail_msg("%s, %s, input %zu of %zu, %u bytes: another hash", table->name, what, i, count,
                         ends[i] - begin);
        }
        assert_memory_equal(hashes[count], untouched, sizeof untouched);
    }
}

static void check(const char *what, const uint8_t *bytes, const uint32_t *ends, size_t count)
{
    uint32_t expected_counts[ISCC_BATCH_COUNT];
    size_t total = 0;

    for (size_t i = 0; i < count; i++) {
        const size_t before = total;
        total = search_input(bytes, i > 0 ? ends[i - 1] : 0, ends[i], total);
        expected_counts[i] = (uint32_t)(total - before);
    }
    for (size_t number = 0; iscc_kernels_available(number) != NULL; number++) {
        const struct iscc_kernels *table = iscc_kernels_available(number);
        uint32_t counts[ISCC_BATCH_COUNT] = {0};
        found[total] = 0xdeadbeef;
        if (table->split_batch == NULL || !table->split_batch(bytes, ends, count, found, counts))
            continue;
        splits[number]++;
        for (size_t i = 0; i < count; i++)
            if (counts[i] != expected_counts[i])
                fail_msg("%s, %s, input %zu of %zu: %u chunks, not %u", table->name, what, i, count, counts[i],
                         expected_counts[i]);
        if (memcmp(found, expected, total * sizeof found[0]) != 0 || found[total] != 0xdeadbeef)
            fail_msg("%s, %s, %zu inputs: other cuts", table->name, what, count);
    }
    check_hashes(what, bytes, ends, count);
}

/* Sizes around those where chunks, rounds and masks begin and end, and others. */
static uint32_t any_size(uint64_t *random)
{
    static const uint32_t sizes[] = {0,    1,    63,   64,   65,   255,  256,  257,  288,   289,   640,   641,   1023,
                                     1024, 1025, 3072, 3073, 8192, 8193, 8448, 8449, 32767, 32768, 32769, 35840, 65536};

    switch (random_below(random, 4)) {
    case 0:
        return sizes[random_below(random, sizeof sizes / sizeof sizes[0])];
    case 1:
        return (uint32_t)random_below(random, (random_below(random, 4) == 0 ? ISCC_BATCH_INPUT : 40000) + 1);
    default:
        return (uint32_t)random_below(random, 4096);
    }
}

static void any_inputs(void **state)
{
    static const char *const patterns[] = {"zero", "saw", "lcg", "lcg2", "text", "mixed"};
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 240; round++) {
        const char *name = patterns[round % (sizeof patterns / sizeof patterns[0])];
        const size_t wanted = 1 + random_below(&random, round % 3 == 0 ? 40 : ISCC_BATCH_COUNT);
        uint32_t ends[ISCC_BATCH_COUNT];
        uint32_t size = 0;
        size_t count = 0;
        for (uint32_t next = any_size(&random); count < wanted && size + next <= ISCC_BATCH_SIZE;
             next = any_size(&random))
            ends[count++] = size += next;
        if (count == 0)
            continue;
        assert_true(pattern_fill(name, random_next(&random), pattern, size));
        memcpy(area, pattern, size);
        check(name, area, ends, count);
        memcpy(area + ISCC_BATCH_SIZE - size, pattern, size);
        check(name, area + ISCC_BATCH_SIZE - size, ends, count);
    }
    for (size_t number = 0; iscc_kernels_available(number) != NULL; number++)
        assert_true(iscc_kernels_available(number)->split_batch == NULL || splits[number] > 240);
}

/* As many inputs of this size as a batch has room for. Returns their number. */
static size_t end_inputs(uint32_t size, uint32_t ends[ISCC_BATCH_COUNT])
{
    size_t count = 0;

    for (; count < ISCC_BATCH_COUNT && (count + 1) * size <= ISCC_BATCH_SIZE; count++)
        ends[count] = (uint32_t)(count + 1) * size;
    return count;
}

/* One size each: all lanes end in the same round. */
static void equal_inputs(void **state)
{
    static const uint32_t sizes[] = {0, 100, 256, 257, 300, 1024, 8192, 8448, ISCC_BATCH_INPUT};
    uint64_t random = random_seed();

    (void)state;
    random_fill(&random, area, ISCC_BATCH_SIZE);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        uint32_t ends[ISCC_BATCH_COUNT];
        const size_t count = end_inputs(sizes[i], ends);
        check("random", area, ends, count);
        memset(area, 0, ISCC_BATCH_SIZE);
        check("zeros", area, ends, count);
        random_fill(&random, area, ISCC_BATCH_SIZE);
    }
}

/* Finds two bytes of which the first ends no chunk where the search begins, and the second does. */
static void find_pair(uint8_t *first, uint8_t *second)
{
    for (unsigned pair = 0; pair < 65536; pair++) {
        const uint32_t hash = iscc_gear[pair >> 8];
        if ((hash & ISCC_MASK_STRICT) == 0 || (((hash >> 1) + iscc_gear[pair & 255]) & ISCC_MASK_STRICT) != 0)
            continue;
        *first = (uint8_t)(pair >> 8);
        *second = (uint8_t)pair;
        return;
    }
    fail_msg("no such pair");
}

/* As many chunks as there can be, but for one in 257. */
static void shortest_chunks(void **state)
{
    enum { LENGTH = ISCC_CHUNK_SKIP + 2 };
    static const uint32_t sizes[] = {LENGTH, 10 * LENGTH, 127 * LENGTH, 128 * LENGTH, 1016 * LENGTH};
    uint8_t first = 0;
    uint8_t second = 0;

    (void)state;
    find_pair(&first, &second);
    memset(area, first, ISCC_BATCH_SIZE);
    for (size_t i = LENGTH - 1; i < ISCC_BATCH_SIZE; i += LENGTH)
        area[i] = second;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        uint32_t ends[ISCC_BATCH_COUNT];
        const size_t count = end_inputs(sizes[i], ends);
        check("shortest chunks", area, ends, count);
        assert_int_equal(expected[0], LENGTH);
        assert_int_equal(expected[count * sizes[i] / LENGTH - 1], ends[count - 1]);
    }
}

/* Blocks and chunks of every length, and every tree. */
static void every_size(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    random_fill(&random, area, ISCC_BATCH_SIZE);
    for (uint32_t next = 0; next <= ISCC_BATCH_INPUT;) {
        uint32_t ends[ISCC_BATCH_COUNT];
        uint32_t size = 0;
        size_t count = 0;
        while (count < ISCC_BATCH_COUNT && next <= ISCC_BATCH_INPUT && size + next <= ISCC_BATCH_SIZE) {
            ends[count++] = size += next;
            next += next < 2200 ? 1 : 1 + (uint32_t)random_below(&random, 200);
        }
        check_hashes("random", area, ends, count);
    }
}

static int map_area(void **state)
{
    (void)state;
    (void)random_seed();
    area = guarded_area_map(ISCC_BATCH_SIZE);
    pattern = malloc(ISCC_BATCH_SIZE);
    return area != NULL && pattern != NULL ? 0 : -1;
}

static int release_area(void **state)
{
    (void)state;
    free(pattern);
    return guarded_area_unmap(area, ISCC_BATCH_SIZE);
}

TEST_FILE(batch)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_inputs),
        cmocka_unit_test(equal_inputs),
        cmocka_unit_test(shortest_chunks),
        cmocka_unit_test(every_size),
    };
    return cmocka_run_group_tests(tests, map_area, release_area);
}
