/* SPDX-License-Identifier: Apache-2.0 */
/* The Data-Code by its parts: cuts, features, minima, digest, and the stream that joins them, against plain code. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "data_stream.h"
#include "naive.h"
#include "pattern.h"
#include "support/random.h"
#include "support/unit.h"

#define STREAM_SIZE 300000u

static const struct iscc_kernels *kernels;

static const char *const patterns[] = {"zero", "ones", "count32", "saw", "lcg", "lcg2", "text", "mixed", "edit"};
#define PATTERNS (sizeof patterns / sizeof patterns[0])

/* The cuts of `size` bytes are those of the naive chunker, but for the end of the bytes, which is none. */
static void check_cuts(const char *name, const uint8_t *bytes, size_t size)
{
    const size_t capacity = ISCC_CUTS_MAX(size) + 1;
    uint32_t *cuts = malloc(capacity * sizeof *cuts);
    assert_non_null(cuts);
    cuts[capacity - 1] = 0xdeadbeef;

    const size_t count = kernels->find_cuts(bytes, size, cuts, NULL, NULL);
    assert_true(count <= ISCC_CUTS_MAX(size));
    size_t start = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t expected = start + naive_chunk(bytes + start, size - start);
        if (cuts[i] != expected)
            fail_msg("%s, %zu bytes: cut %zu at %" PRIu32 " instead of %zu", name, size, i, cuts[i], expected);
        start = cuts[i];
    }
    /* What is left over is open: a chunk that ends by the rules and not by the end of the bytes would be missing. */
    uint8_t *longer = malloc(size - start + 1);
    assert_non_null(longer);
    memcpy(longer, bytes + start, size - start);
    longer[size - start] = 0;
    if (start < size && naive_chunk(longer, size - start + 1) <= size - start)
        fail_msg("%s, %zu bytes: no cut behind %zu", name, size, start);
    assert_int_equal(cuts[capacity - 1], 0xdeadbeef);
    free(longer);
    free(cuts);
}

static void cuts_of_patterns(void **state)
{
    uint8_t *bytes = malloc(STREAM_SIZE);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < PATTERNS; i++) {
        assert_true(pattern_fill(patterns[i], random_seed(), bytes, STREAM_SIZE));
        check_cuts(patterns[i], bytes, STREAM_SIZE);
        for (size_t size = 0; size < 1100; size++)
            check_cuts(patterns[i], bytes, size);
        for (size_t size = 8180; size < 8200; size++)
            check_cuts(patterns[i], bytes, size);
        for (size_t start = 1; start < 70; start++)
            check_cuts(patterns[i], bytes + start, 20000);
    }
    free(bytes);
}

/* Tries random bytes until a chunk ends with the byte at `offset`, so that the limits of the rules are met for sure. */
static bool make_chunk(uint64_t *numbers, uint8_t *bytes, size_t offset)
{
    for (int attempt = 0; attempt < 200000; attempt++) {
        random_fill(numbers, bytes, offset + 1);
        if (naive_chunk(bytes, offset + 2) == offset + 1) /* and not because the bytes end there */
            return true;
    }
    return false;
}

static void cuts_at_the_limits(void **state)
{
    /* No gear value ends a chunk at 256 by itself. */
    const size_t offsets[] = {257, 258, 638, 639, 640, 641, 642};
    uint64_t numbers = random_seed();
    uint8_t bytes[1024];

    (void)state;
    for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
        uint32_t cuts[ISCC_CUTS_MAX(sizeof bytes)];
        memset(bytes, 0, sizeof bytes);
        assert_true(make_chunk(&numbers, bytes, offsets[i]));
        assert_int_equal(kernels->find_cuts(bytes, offsets[i] + 1, cuts, NULL, NULL), 1);
        assert_int_equal(cuts[0], offsets[i] + 1);
        assert_int_equal(kernels->find_cuts(bytes, offsets[i], cuts, NULL, NULL), 0);
        check_cuts("limit", bytes, sizeof bytes);
    }
}

/* Neither the bytes before a chunk nor its first 256 affect where it ends. */
static void cuts_depend_on_the_chunk_alone(void **state)
{
    uint64_t numbers = random_seed();
    uint8_t bytes[20000];
    uint32_t before[ISCC_CUTS_MAX(sizeof bytes)];
    uint32_t after[ISCC_CUTS_MAX(sizeof bytes)];

    (void)state;
    random_fill(&numbers, bytes, sizeof bytes);
    const size_t count = kernels->find_cuts(bytes, sizeof bytes, before, NULL, NULL);
    assert_true(count > 5);
    random_fill(&numbers, bytes, ISCC_CHUNK_SKIP);
    random_fill(&numbers, bytes + before[2], ISCC_CHUNK_SKIP);
    assert_int_equal(kernels->find_cuts(bytes, sizeof bytes, after, NULL, NULL), count);
    assert_memory_equal(before, after, count * sizeof before[0]);
}

static void features_are_xxh32(void **state)
{
    uint64_t numbers = random_seed();
    uint8_t bytes[9000];

    (void)state;
    assert_int_equal(naive_xxh32(NULL, 0), 0x02CC5D05); /* the published value of the empty input */
    random_fill(&numbers, bytes, sizeof bytes);
    for (uint32_t size = 1; size <= 8192; size += size < 600 ? 1 : 37) {
        const uint32_t start = (uint32_t)random_below(&numbers, 64);
        const uint32_t cut = start + size;
        uint32_t feature;
        kernels->hash_chunks(bytes, start, &cut, 1, &feature);
        assert_int_equal(feature, naive_xxh32(bytes + start, size));
    }
}

static void features_of_many_chunks(void **state)
{
    enum { COUNT = 100 };
    uint64_t numbers = random_seed();
    uint8_t *bytes = malloc(COUNT * ISCC_CHUNK_MAX + 100);
    uint32_t cuts[COUNT];
    uint32_t features[COUNT + 1];

    (void)state;
    assert_non_null(bytes);
    random_fill(&numbers, bytes, COUNT * ISCC_CHUNK_MAX + 100);
    for (size_t count = 0; count <= COUNT; count++) {
        const uint32_t start = (uint32_t)random_below(&numbers, 100);
        uint32_t end = start;
        for (size_t i = 0; i < count; i++)
            cuts[i] = end += 1 + (uint32_t)random_below(&numbers, i % 3 == 0 ? ISCC_CHUNK_MAX : 1024);
        features[count] = 0xdeadbeef;
        kernels->hash_chunks(bytes, start, cuts, count, features);
        for (size_t i = 0; i < count; i++) {
            const uint32_t from = i == 0 ? start : cuts[i - 1];
            assert_int_equal(features[i], naive_xxh32(bytes + from, cuts[i] - from));
        }
        assert_int_equal(features[count], 0xdeadbeef);
    }
    free(bytes);
}

static void minima_of_one_feature(void **state)
{
    const uint32_t special[] = {0, 1, 2, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};
    uint64_t numbers = random_seed();

    (void)state;
    for (size_t i = 0; i < 20000; i++) {
        const uint32_t feature = i < sizeof special / sizeof special[0] ? special[i] : (uint32_t)random_next(&numbers);
        uint32_t minima[ISCC_MINIMA];
        memset(minima, 0xff, sizeof minima);
        kernels->lower_minima(minima, &feature, 1);
        for (size_t j = 0; j < ISCC_MINIMA; j++)
            if (minima[j] != naive_permute(j, feature))
                fail_msg("permutation %zu of %" PRIu32 " is %" PRIu32, j, feature, minima[j]);
    }
}

/* Any number of features, none among them, lowers minima that stand somewhere. */
static void minima_of_many_features(void **state)
{
    enum { COUNT = 70 };
    uint64_t numbers = random_seed();
    uint32_t features[COUNT];
    uint32_t minima[ISCC_MINIMA];
    uint32_t expected[ISCC_MINIMA];

    (void)state;
    for (size_t count = 0; count <= COUNT; count++) {
        random_fill(&numbers, features, sizeof features);
        for (size_t i = 0; i < ISCC_MINIMA; i++) {
            minima[i] = expected[i] = (uint32_t)random_next(&numbers) >> random_below(&numbers, 10);
            for (size_t j = 0; j < count; j++)
                if (naive_permute(i, features[j]) < expected[i])
                    expected[i] = naive_permute(i, features[j]);
        }
        kernels->lower_minima(minima, features, count);
        assert_memory_equal(minima, expected, sizeof minima);
    }
}

/* Each bit of each minimum alone: the lowest four have their place in the digest, the others none. */
static void digest_bit_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < ISCC_MINIMA; i++)
        for (unsigned bit = 0; bit < 32; bit++) {
            struct iscc_data_stream stream;
            uint8_t digest[ISCC_DIGEST_BYTES];
            uint8_t expected[ISCC_DIGEST_BYTES] = {0};
            iscc_data_stream_start(&stream);
            memset(stream.minima, 0, sizeof stream.minima);
            stream.minima[i] = UINT32_C(1) << bit;
            stream.size = 1; /* and no chunk is open: nothing is added */
            iscc_data_stream_digest(&stream, kernels, digest);
            if (bit < 4)
                expected[(64 * bit + i) / 8] = (uint8_t)(0x80 >> i % 8);
            assert_memory_equal(digest, expected, sizeof digest);
        }
}

static void check_stream(const uint8_t *bytes, size_t size, uint64_t *numbers, size_t piece_max)
{
    struct iscc_data_stream stream;
    uint8_t digest[ISCC_DIGEST_BYTES];
    uint8_t expected[ISCC_DIGEST_BYTES];

    iscc_data_stream_start(&stream);
    for (size_t done = 0; done < size;) {
        size_t piece = random_below(numbers, piece_max) + 1;
        piece = piece < size - done ? piece : size - done;
        iscc_data_stream_update(&stream, kernels, bytes + done, piece);
        done += piece;
    }
    iscc_data_stream_digest(&stream, kernels, digest);
    naive_digest(bytes, size, expected);
    assert_memory_equal(digest, expected, sizeof digest);
}

static void stream_of_patterns(void **state)
{
    const size_t pieces[] = {1, 300, 2000, 100000, STREAM_SIZE};
    uint64_t numbers = random_seed();
    uint8_t *bytes = malloc(STREAM_SIZE);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < PATTERNS; i++)
        for (size_t j = 0; j < sizeof pieces / sizeof pieces[0]; j++) {
            const size_t size = random_below(&numbers, STREAM_SIZE);
            assert_true(pattern_fill(patterns[i], random_next(&numbers), bytes, size));
            check_stream(bytes, size, &numbers, pieces[j]);
        }
    free(bytes);
}

/* Lengths of streams around every limit, the empty stream among them. */
static void stream_of_any_length(void **state)
{
    uint64_t numbers = random_seed();
    uint8_t bytes[1500];

    (void)state;
    random_fill(&numbers, bytes, sizeof bytes);
    for (size_t size = 0; size < sizeof bytes; size++)
        check_stream(bytes, size, &numbers, 400);
}

/* The state of an earlier stream would not change the digest, only the speed. */
static void a_stream_starts_without_speculation(void **state)
{
    struct iscc_data_stream stream;

    (void)state;
    memset(&stream, 1, sizeof stream);
    iscc_data_stream_start(&stream);
    assert_int_equal(stream.speculation.block, 0);
    assert_int_equal(stream.speculation.backoff, 0);
    assert_int_equal(stream.speculation.failures, 0);
    assert_false(stream.speculation.constant);
}

static size_t runs;
static size_t longest_run;

static size_t find_cuts_and_count(const uint8_t *bytes, size_t size, uint32_t *cuts,
                                  struct iscc_speculation *speculation, struct iscc_gear_scan *open)
{
    runs++;
    longest_run = longest_run < size ? size : longest_run;
    return kernels->find_cuts(bytes, size, cuts, speculation, open);
}

/* Byte by byte the digest would be the same, and take several times as long. */
static void long_updates_are_searched_in_strips(void **state)
{
    enum { STRIP = 1024 * 1024, SIZE = 3 * STRIP + 1000 };
    struct iscc_kernels counting = *kernels;
    struct iscc_data_stream stream;
    uint64_t numbers = random_seed();
    uint8_t *bytes = malloc(SIZE);

    (void)state;
    assert_non_null(bytes);
    random_fill(&numbers, bytes, SIZE);
    counting.find_cuts = find_cuts_and_count;
    iscc_data_stream_start(&stream);
    iscc_data_stream_update(&stream, &counting, bytes, SIZE);
    /* Each strip ends within a chunk, after whose end the next one begins; the rest may be too short for a cut. */
    assert_in_range(runs, 3, 4);
    assert_int_equal(longest_run, STRIP);
    assert_true(stream.speculation.block > 0 || kernels == &iscc_kernels_portable);
    free(bytes);
}

static int select_kernels(void **state)
{
    (void)state;
    kernels = iscc_kernels_selected();
    return kernels == NULL ? -1 : 0;
}

TEST_FILE(data_stream)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_of_patterns),
        cmocka_unit_test(cuts_at_the_limits),
        cmocka_unit_test(cuts_depend_on_the_chunk_alone),
        cmocka_unit_test(features_are_xxh32),
        cmocka_unit_test(features_of_many_chunks),
        cmocka_unit_test(minima_of_one_feature),
        cmocka_unit_test(minima_of_many_features),
        cmocka_unit_test(digest_bit_order),
        cmocka_unit_test(stream_of_patterns),
        cmocka_unit_test(stream_of_any_length),
        cmocka_unit_test(a_stream_starts_without_speculation),
        cmocka_unit_test(long_updates_are_searched_in_strips),
    };
    return cmocka_run_group_tests(tests, select_kernels, NULL);
}
