/* SPDX-License-Identifier: Apache-2.0 */
/* A code of each valid header with a random digest, for the tests that go through all of them. */
#ifndef ISCC_TEST_ALL_CODES_H
#define ISCC_TEST_ALL_CODES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "iscc.h"

#define VALID_HEADERS 165

static uint64_t random_state;

/* Xorshift of 64 bits: never 0. */
static inline unsigned random_below(unsigned limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)((random_state >> 33) % limit);
}

static inline int seed_from_environment(void **state)
{
    const char *seed = getenv("ISCC_TEST_SEED");

    (void)state;
    random_state = seed != NULL ? strtoull(seed, NULL, 10) : (uint64_t)time(NULL);
    random_state += random_state == 0;
    print_message("ISCC_TEST_SEED=%llu\n", (unsigned long long)random_state);
    return 0;
}

/* A code with random digest for each valid header, and its text. */
static struct iscc_decoded all_decoded[VALID_HEADERS];
static char all_codes[VALID_HEADERS][ISCC_CODE_SIZE];

/* The bits that encode asks for are tried out: this needs no knowledge of the header. */
static inline size_t make_codes_of_type(unsigned main_type, unsigned sub_type, size_t count)
{
    struct iscc_decoded decoded = {.main_type = main_type, .sub_type = sub_type};
    char code[ISCC_CODE_SIZE];

    for (decoded.length = 0; decoded.length < 8; decoded.length++) {
        for (decoded.bits = 8; decoded.bits <= 320; decoded.bits += 8) {
            memset(decoded.digest, 0, sizeof decoded.digest);
            for (size_t i = 0; i < decoded.bits / 8; i++)
                decoded.digest[i] = (uint8_t)random_below(256);
            if (iscc_encode(&decoded, code) != ISCC_OK)
                continue;
            assert_true(count < VALID_HEADERS);
            all_decoded[count] = decoded;
            memcpy(all_codes[count++], code, sizeof code);
        }
    }
    return count;
}

static inline int make_codes(void **state)
{
    size_t count = 0;

    seed_from_environment(state);
    for (unsigned main_type = 0; main_type < 8; main_type++)
        for (unsigned sub_type = 0; sub_type < 8; sub_type++)
            count = make_codes_of_type(main_type, sub_type, count);
    return count == VALID_HEADERS ? 0 : -1;
}

static inline void assert_same(const struct iscc_decoded *a, const struct iscc_decoded *b)
{
    assert_int_equal(a->main_type, b->main_type);
    assert_int_equal(a->sub_type, b->sub_type);
    assert_int_equal(a->version, b->version);
    assert_int_equal(a->length, b->length);
    assert_int_equal(a->bits, b->bits);
    assert_memory_equal(a->digest, b->digest, ISCC_DIGEST_SIZE);
}

/* Decodes a copy that ends where its memory ends, so that a sanitizer sees a byte read too much. On an error nothing
 * but the position is written. */
static inline iscc_status decode_copy(const char *text, size_t size, struct iscc_decoded *decoded, size_t *position)
{
    struct iscc_decoded before;
    char *copy = malloc(size + 1);

    assert_non_null(copy);
    memcpy(copy, text, size);
    copy[size] = '\0';
    memset(decoded, 0x5A, sizeof *decoded);
    before = *decoded;
    *position = SIZE_MAX;
    iscc_status status = iscc_decode(copy, decoded, position);
    if (status != ISCC_OK)
        assert_same(decoded, &before);
    else
        assert_int_equal(*position, SIZE_MAX);
    free(copy);
    return status;
}

#endif
