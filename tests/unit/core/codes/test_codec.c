/* SPDX-License-Identifier: Apache-2.0 */
/* Codes as text: every valid header encoded and decoded, and lenient input. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "all_codes.h"
#include "codes/base32.h"
#include "codes/codec.h"
#include "support/random.h"
#include "support/unit.h"

static void test_every_valid_header_there_and_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++) {
        struct iscc_decoded decoded;
        char code[ISCC_CODE_SIZE];
        size_t position;
        assert_int_equal(decode_copy(all_codes[i], strlen(all_codes[i]), &decoded, &position), ISCC_OK);
        assert_same_decoded(&decoded, &all_decoded[i]);
        assert_int_equal(iscc_encode(&decoded, code), ISCC_OK);
        assert_string_equal(code, all_codes[i]);
        assert_int_equal(iscc_validate(code), ISCC_OK);
        assert_int_equal(strlen(code), 5 + ISCC_BASE32_DIGITS(2 + decoded.bits / 8));
    }
}

/* The first two bytes of a code are its nibbles: MainType, SubType, version, length. All 65536 are tried with a body of
 * 320 bits, of which each header uses its part. */
static void test_every_header_of_two_bytes(void **state)
{
    uint8_t bytes[2 + ISCC_DIGEST_SIZE] = {0};
    size_t valid = 0;

    (void)state;
    for (unsigned header = 0; header < 65536; header++) {
        char text[ISCC_CODE_SIZE];
        struct iscc_decoded decoded;
        size_t position;
        bytes[0] = (uint8_t)(header >> 8);
        bytes[1] = (uint8_t)header;
        iscc_base32_encode(bytes, sizeof bytes, text);
        iscc_status status = decode_copy(text, strlen(text), &decoded, &position);
        if (status == ISCC_ERROR_TOO_LONG) {
            text[position] = '\0';
            status = decode_copy(text, position, &decoded, &position);
        }
        if (status == ISCC_OK) {
            valid++;
            assert_int_equal(decoded.main_type << 12 | decoded.sub_type << 8 | decoded.length, header);
        } else {
            assert_in_range(status, ISCC_ERROR_MAIN_TYPE, ISCC_ERROR_LENGTH);
            assert_int_equal(position, 0);
        }
    }
    assert_int_equal(valid, VALID_HEADERS);
}

/* Writes a code with hyphens, blanks and mixed case. */
static void write_carelessly(const char *code, char *text, uint64_t *generator)
{
    char *end = text;
    bool upper = random_below(generator, 2) != 0;

    for (size_t blanks = random_below(generator, 4); blanks > 0; blanks--)
        *end++ = " \t\r\n"[random_below(generator, 4)];
    if (random_below(generator, 2) != 0)
        for (size_t i = 0; i < 5; i++)
            *end++ = random_below(generator, 2) != 0 ? code[i] : "iscc:"[i];
    for (const char *digit = code + 5; *digit != '\0'; digit++) {
        while (random_below(generator, 5) == 0)
            *end++ = '-';
        *end++ = *digit >= 'A' && !upper ? (char)(*digit - 'A' + 'a') : *digit;
        upper = random_below(generator, 3) != 0 ? upper : !upper;
    }
    while (random_below(generator, 3) == 0)
        *end++ = '-';
    for (size_t blanks = random_below(generator, 4); blanks > 0; blanks--)
        *end++ = " \t\r\n"[random_below(generator, 4)];
    *end = '\0';
}

static void test_careless_text_is_read_and_normalized(void **state)
{
    uint64_t generator = random_seed();
    char text[1024];

    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++) {
        for (int turn = 0; turn < 50; turn++) {
            struct iscc_decoded decoded;
            size_t position;
            write_carelessly(all_codes[i], text, &generator);
            bool canonical = strcmp(text, all_codes[i]) == 0;
            assert_int_equal(decode_copy(text, strlen(text), &decoded, &position), ISCC_OK);
            assert_same_decoded(&decoded, &all_decoded[i]);
            assert_int_equal(iscc_validate(text), canonical ? ISCC_OK : ISCC_ERROR_CHARACTER);
            assert_int_equal(iscc_normalize(text, text), ISCC_OK);
            assert_string_equal(text, all_codes[i]);
        }
    }
}

static void test_encode_refuses_what_decode_cannot_give(void **state)
{
    static const struct {
        struct iscc_decoded decoded;
        iscc_status status;
    } cases[] = {
        {{.main_type = 8, .length = 1, .bits = 64}, ISCC_ERROR_MAIN_TYPE},
        {{.main_type = 0xFFFFFFFFu, .length = 1, .bits = 64}, ISCC_ERROR_MAIN_TYPE},
        {{.main_type = ISCC_DATA, .sub_type = 1, .length = 1, .bits = 64}, ISCC_ERROR_SUB_TYPE},
        {{.main_type = ISCC_DATA, .version = 1, .length = 1, .bits = 64}, ISCC_ERROR_VERSION},
        {{.main_type = ISCC_DATA, .length = 8, .bits = 288}, ISCC_ERROR_LENGTH},
        {{.main_type = ISCC_DATA, .length = 0xFFFFFFFFu, .bits = 0}, ISCC_ERROR_LENGTH},
        {{.main_type = ISCC_DATA, .length = 1, .bits = 32}, ISCC_ERROR_BITS},
        {{.main_type = ISCC_DATA, .length = 1, .bits = 65}, ISCC_ERROR_BITS},
        {{.main_type = ISCC_ISCC, .sub_type = ISCC_ISCC_WIDE, .bits = 128}, ISCC_ERROR_BITS},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char code[ISCC_CODE_SIZE] = "untouched";
        char name[ISCC_TYPE_NAME_SIZE] = "untouched";
        assert_int_equal(iscc_encode(&cases[i].decoded, code), cases[i].status);
        assert_int_equal(iscc_type_name(&cases[i].decoded, name), cases[i].status);
        assert_string_equal(code, "untouched");
        assert_string_equal(name, "untouched");
    }
}

static void test_null_pointers(void **state)
{
    struct iscc_decoded decoded = all_decoded[0];
    char code[ISCC_CODE_SIZE] = "untouched";
    size_t position;

    (void)state;
    assert_int_equal(iscc_decode(NULL, &decoded, &position), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_decode(all_codes[0], NULL, &position), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_decode("!", &decoded, NULL), ISCC_ERROR_CHARACTER);
    assert_int_equal(iscc_encode(NULL, code), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_encode(&decoded, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_normalize(NULL, code), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_normalize(all_codes[0], NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_normalize("!", code), ISCC_ERROR_CHARACTER);
    assert_int_equal(iscc_validate(NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_type_name(NULL, code), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_type_name(&decoded, NULL), ISCC_ERROR_ARGUMENT);
    assert_string_equal(code, "untouched");
}

static void test_bits_of_a_unit(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits <= 1024; bits++) {
        bool valid = bits == 32 || bits == 64 || bits == 96 || bits == 128 || bits == 160 || bits == 192 ||
                     bits == 224 || bits == 256;
        assert_int_equal(iscc_codec_bits_valid(bits), valid);
    }
    assert_false(iscc_codec_bits_valid(0xFFFFFFE0u));
}

/* A unit is made of the first bits of its digest, and no further byte is read. */
static void test_writing_a_unit(void **state)
{
    uint8_t *digest = malloc(32);

    (void)state;
    assert_non_null(digest);
    for (unsigned i = 0; i < 32; i++)
        digest[i] = (uint8_t)(i + 1);
    for (unsigned bits = 32; bits <= 256; bits += 32) {
        char code[ISCC_CODE_SIZE];
        struct iscc_decoded decoded;
        iscc_codec_write_unit(ISCC_INSTANCE, bits, digest + 32 - bits / 8, code);
        assert_int_equal(iscc_decode(code, &decoded, NULL), ISCC_OK);
        assert_int_equal(decoded.main_type, ISCC_INSTANCE);
        assert_int_equal(decoded.bits, bits);
        assert_memory_equal(decoded.digest, digest + 32 - bits / 8, bits / 8);
    }
    free(digest);
}

TEST_FILE(codec)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_valid_header_there_and_back),
        cmocka_unit_test(test_every_header_of_two_bytes),
        cmocka_unit_test(test_careless_text_is_read_and_normalized),
        cmocka_unit_test(test_encode_refuses_what_decode_cannot_give),
        cmocka_unit_test(test_null_pointers),
        cmocka_unit_test(test_bits_of_a_unit),
        cmocka_unit_test(test_writing_a_unit),
    };

    return cmocka_run_group_tests(tests, all_codes_make, NULL);
}
