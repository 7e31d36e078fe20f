/* SPDX-License-Identifier: Apache-2.0 */
/* The golden streams through the hashers: in one piece, in any split, mid-way, and with objects that are used again. */
#include <inttypes.h>
#include <iscc/iscc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code_text.h"
#include "support/random.h"
#include "support/unit.h"
#include "vectors.h"

#define BYTEWISE_MAX 70000u
#define RANDOM_SPLITS 3

static struct vector vectors[VECTORS];

/* Writes into `code` what is known of a stream; unused bytes are 0. */
static void expect_code(const struct vector *vector, unsigned flags, struct iscc_sum_code *code)
{
    memset(code, 0, sizeof *code);
    code->filesize = vector->size;
    strcpy(code->iscc, flags == ISCC_WIDE ? vector->wide : vector->narrow);
    strcpy(code->datahash, vector->datahash);
    strcpy(code->data_code, vector->data_code);
    strcpy(code->instance_code, vector->instance_code);
}

static void assert_code(const struct vector *vector, const struct iscc_sum_code *code, unsigned flags, const char *how)
{
    struct iscc_sum_code expected;
    expect_code(vector, flags, &expected);

    if (code->filesize != expected.filesize || strcmp(code->iscc, expected.iscc) != 0 ||
        strcmp(code->datahash, expected.datahash) != 0 || strcmp(code->data_code, expected.data_code) != 0 ||
        strcmp(code->instance_code, expected.instance_code) != 0)
        fail_msg("%s, %s: %" PRIu64 " %s %s %s %s", vector->name, how, code->filesize, code->iscc, code->datahash,
                 code->data_code, code->instance_code);
}

static void assert_hasher(const struct vector *vector, const iscc_sum_hasher *hasher, const char *how)
{
    const unsigned all_flags[] = {ISCC_NARROW, ISCC_WIDE};
    struct iscc_sum_code code;

    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(iscc_sum_hasher_finalize(hasher, all_flags[i], &code), ISCC_OK);
        assert_code(vector, &code, all_flags[i], how);
    }
}

/* ---- Splits ---- */

struct splitter {
    enum { SPLIT_FIXED, SPLIT_PRIMES, SPLIT_RANDOM } kind;
    size_t size;    /* SPLIT_FIXED */
    size_t next;    /* SPLIT_PRIMES: which is next */
    uint64_t state; /* SPLIT_RANDOM */
};

static size_t next_piece(struct splitter *splitter)
{
    static const size_t primes[] = {2,   3,   5,    7,    11,   13,   31,   61,    127,    251,   257,
                                    509, 521, 1021, 1031, 2039, 4099, 8191, 16411, 131071, 262147};
    const size_t scales[] = {2, 300, 9000, 600000};

    switch (splitter->kind) {
    case SPLIT_PRIMES:
        return primes[splitter->next++ % (sizeof primes / sizeof primes[0])];
    case SPLIT_RANDOM: /* of all orders of magnitude, nothing at all among them */
        return random_below(&splitter->state, scales[random_below(&splitter->state, 4)]);
    default:
        return splitter->size;
    }
}

static void feed(iscc_sum_hasher *hasher, const uint8_t *bytes, size_t size, struct splitter splitter)
{
    while (size > 0) {
        size_t piece = next_piece(&splitter);
        piece = piece < size ? piece : size;
        assert_int_equal(iscc_sum_hasher_update(hasher, bytes, piece), ISCC_OK);
        bytes += piece;
        size -= piece;
    }
}

/* One object for all rows: each begins with a reset of what the row before has left. */
static void check_split(struct splitter splitter, size_t size_max, const char *how)
{
    iscc_sum_hasher *hasher = NULL;

    assert_int_equal(iscc_sum_hasher_new(&hasher), ISCC_OK);
    for (size_t i = 0; i < VECTORS; i++) {
        if (vectors[i].size > size_max)
            continue;
        uint8_t *bytes = vector_bytes(&vectors[i]);
        iscc_sum_hasher_reset(hasher);
        feed(hasher, bytes, vectors[i].size, splitter);
        assert_hasher(&vectors[i], hasher, how);
        free(bytes);
    }
    iscc_sum_hasher_free(hasher);
}

static void in_one_piece(void **state)
{
    (void)state;
    check_split((struct splitter){.kind = SPLIT_FIXED, .size = SIZE_MAX}, SIZE_MAX, "in one piece");
}

static void byte_by_byte(void **state)
{
    (void)state;
    check_split((struct splitter){.kind = SPLIT_FIXED, .size = 1}, BYTEWISE_MAX, "byte by byte");
}

static void in_primes(void **state)
{
    (void)state;
    check_split((struct splitter){.kind = SPLIT_PRIMES}, SIZE_MAX, "in primes");
}

/* Sizes around the limits of a chunk, so that a seam falls on each of them. */
static void in_pieces_like_chunks(void **state)
{
    const size_t sizes[] = {255, 256, 257, 639, 640, 641, 8191, 8192, 8193};
    char how[32];

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        snprintf(how, sizeof how, "in pieces of %zu", sizes[i]);
        check_split((struct splitter){.kind = SPLIT_FIXED, .size = sizes[i]}, 1048577, how);
    }
}

static void in_random_pieces(void **state)
{
    char how[48];

    (void)state;
    for (uint64_t i = 0; i < RANDOM_SPLITS; i++) {
        const uint64_t seed = random_seed() + i;
        snprintf(how, sizeof how, "split by seed %" PRIu64, seed);
        check_split((struct splitter){.kind = SPLIT_RANDOM, .state = seed}, SIZE_MAX, how);
    }
}

/* ---- Other ways to the same codes ---- */

static void one_shot_functions(void **state)
{
    struct iscc_sum_code code;

    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        uint8_t *bytes = vector_bytes(&vectors[i]);
        const unsigned flags = i % 2 == 0 ? ISCC_WIDE : ISCC_NARROW;
        assert_int_equal(iscc_gen_sum_code_v0(bytes, vectors[i].size, flags, &code), ISCC_OK);
        assert_code(&vectors[i], &code, flags, "one-shot");
        free(bytes);
    }
}

static void assert_units(const struct vector *vector, unsigned bits, const char *data_code, const char *instance_code)
{
    uint8_t digest[32];
    char expected[ISCC_CODE_SIZE];

    code_text_body(vector->data_code, digest);
    code_text_unit(ISCC_DATA, bits, digest, expected);
    assert_string_equal(data_code, expected);
    code_text_body(vector->instance_code, digest);
    code_text_unit(ISCC_INSTANCE, bits, digest, expected);
    assert_string_equal(instance_code, expected);
}

static void check_separate_hashers(const struct vector *vector, const uint8_t *bytes, iscc_data_hasher *data,
                                   iscc_instance_hasher *instance)
{
    const size_t half = vector->size / 2;
    char data_code[ISCC_CODE_SIZE];
    char instance_code[ISCC_CODE_SIZE];
    char datahash[ISCC_DATAHASH_SIZE];
    uint64_t filesize;

    iscc_data_hasher_reset(data);
    iscc_instance_hasher_reset(instance);
    assert_int_equal(iscc_data_hasher_update(data, bytes, half), ISCC_OK);
    assert_int_equal(iscc_data_hasher_update(data, bytes + half, vector->size - half), ISCC_OK);
    assert_int_equal(iscc_instance_hasher_update(instance, bytes, half), ISCC_OK);
    assert_int_equal(iscc_instance_hasher_update(instance, bytes + half, vector->size - half), ISCC_OK);
    for (unsigned bits = 32; bits <= 256; bits += 32) {
        assert_int_equal(iscc_data_hasher_finalize(data, bits, data_code), ISCC_OK);
        assert_int_equal(iscc_instance_hasher_finalize(instance, bits, instance_code, datahash, &filesize), ISCC_OK);
        assert_units(vector, bits, data_code, instance_code);
        assert_string_equal(datahash, vector->datahash);
        assert_int_equal(filesize, vector->size);
    }
}

static void check_separate_functions(const struct vector *vector, const uint8_t *bytes, unsigned bits)
{
    char data_code[ISCC_CODE_SIZE];
    char instance_code[ISCC_CODE_SIZE];
    char datahash[ISCC_DATAHASH_SIZE];
    uint64_t filesize;

    assert_int_equal(iscc_gen_data_code_v0(bytes, vector->size, bits, data_code), ISCC_OK);
    assert_int_equal(iscc_gen_instance_code_v0(bytes, vector->size, bits, instance_code, datahash, &filesize), ISCC_OK);
    assert_units(vector, bits, data_code, instance_code);
    assert_string_equal(datahash, vector->datahash);
    assert_int_equal(filesize, vector->size);
}

/* Shorter units are prefixes of longer ones. */
static void units_of_all_lengths(void **state)
{
    iscc_data_hasher *data = NULL;
    iscc_instance_hasher *instance = NULL;

    (void)state;
    assert_int_equal(iscc_data_hasher_new(&data), ISCC_OK);
    assert_int_equal(iscc_instance_hasher_new(&instance), ISCC_OK);
    for (size_t i = 0; i < VECTORS; i++) {
        uint8_t *bytes = vector_bytes(&vectors[i]);
        check_separate_hashers(&vectors[i], bytes, data, instance);
        check_separate_functions(&vectors[i], bytes, 32 * (1 + (unsigned)i % 8));
        free(bytes);
    }
    iscc_data_hasher_free(data);
    iscc_instance_hasher_free(instance);
}

/* The table is consistent: its composites are made of its units. */
static void composites_hold_the_units(void **state)
{
    uint8_t data[32];
    uint8_t instance[32];
    char code[ISCC_CODE_SIZE];

    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        code_text_body(vectors[i].data_code, data);
        code_text_body(vectors[i].instance_code, instance);
        code_text_sum(ISCC_NARROW, data, instance, code);
        assert_string_equal(code, vectors[i].narrow);
        code_text_sum(ISCC_WIDE, data, instance, code);
        assert_string_equal(code, vectors[i].wide);
    }
}

/* Finalizing mid-way gives the code of the bytes so far, and hashing can continue as if nothing had happened. */
static void finalized_midway(void **state)
{
    struct iscc_sum_code midway;
    struct iscc_sum_code beginning;
    uint64_t numbers = random_seed();
    iscc_sum_hasher *hasher = NULL;

    (void)state;
    assert_int_equal(iscc_sum_hasher_new(&hasher), ISCC_OK);
    for (size_t i = 0; i < VECTORS; i++) {
        const struct vector *vector = &vectors[i];
        uint8_t *bytes = vector_bytes(vector);
        size_t done = 0;
        iscc_sum_hasher_reset(hasher);
        for (int stop = 0; stop < 3; stop++) {
            const size_t to = done + random_below(&numbers, vector->size - done + 1);
            assert_int_equal(iscc_sum_hasher_update(hasher, bytes + done, to - done), ISCC_OK);
            done = to;
            assert_int_equal(iscc_sum_hasher_finalize(hasher, ISCC_WIDE, &midway), ISCC_OK);
            assert_int_equal(iscc_gen_sum_code_v0(bytes, done, ISCC_WIDE, &beginning), ISCC_OK);
            assert_string_equal(midway.iscc, beginning.iscc);
            assert_string_equal(midway.data_code, beginning.data_code);
            assert_string_equal(midway.instance_code, beginning.instance_code);
            assert_string_equal(midway.datahash, beginning.datahash);
            assert_int_equal(midway.filesize, done);
        }
        assert_int_equal(iscc_sum_hasher_update(hasher, bytes + done, vector->size - done), ISCC_OK);
        assert_hasher(vector, hasher, "after finalizing midway");
        free(bytes);
    }
    iscc_sum_hasher_free(hasher);
}

/* The alignment of the bytes makes no difference. */
static void at_any_address(void **state)
{
    struct iscc_sum_code code;

    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        if (vectors[i].size > BYTEWISE_MAX)
            continue;
        uint8_t *bytes = vector_bytes(&vectors[i]);
        uint8_t *moved = malloc(vectors[i].size + 64);
        assert_non_null(moved);
        for (size_t offset = 1; offset < 64; offset += 7) {
            memcpy(moved + offset, bytes, vectors[i].size);
            assert_int_equal(iscc_gen_sum_code_v0(moved + offset, vectors[i].size, ISCC_WIDE, &code), ISCC_OK);
            assert_code(&vectors[i], &code, ISCC_WIDE, "moved");
        }
        free(moved);
        free(bytes);
    }
}

static int read_table(void **state)
{
    (void)state;
    vectors_read(vectors);
    return 0;
}

TEST_FILE(sum_vectors)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(composites_hold_the_units),
        cmocka_unit_test(in_one_piece),
        cmocka_unit_test(byte_by_byte),
        cmocka_unit_test(in_primes),
        cmocka_unit_test(in_pieces_like_chunks),
        cmocka_unit_test(in_random_pieces),
        cmocka_unit_test(one_shot_functions),
        cmocka_unit_test(units_of_all_lengths),
        cmocka_unit_test(finalized_midway),
        cmocka_unit_test(at_any_address),
    };
    return cmocka_run_group_tests(tests, read_table, NULL);
}
