/* SPDX-License-Identifier: Apache-2.0 */
/* Header fields of every number, and which headers are valid. */
#include "codes/header.h"
#include "support/unit.h"

/* Appends a field as nibbles, one in each byte, as the table of ISO 24138 has it, and returns how many. */
static size_t write_nibbles(unsigned value, uint8_t nibbles[4])
{
    static const unsigned firsts[] = {0, 8, 72, 584, 4680};
    static const unsigned prefixes[] = {0x0, 0x8, 0xC, 0xE}; /* of the first nibble */
    size_t form = 0;

    while (value >= firsts[form + 1])
        form++;
    value -= firsts[form];
    for (size_t i = form + 1; i-- > 0; value /= 16)
        nibbles[i] = (uint8_t)(value % 16);
    nibbles[0] |= (uint8_t)prefixes[form];
    return form + 1;
}

static void pack(const uint8_t *nibbles, size_t count, uint8_t *bytes)
{
    for (size_t i = 0; i < count; i++)
        bytes[i / 2] = (uint8_t)(i % 2 == 0 ? nibbles[i] << 4 : bytes[i / 2] | nibbles[i]);
}

static void test_every_number_reads_back_at_both_nibbles(void **state)
{
    (void)state;
    for (unsigned value = 0; value <= ISCC_HEADER_FIELD_MAX; value++) {
        for (size_t start = 0; start < 2; start++) {
            uint8_t nibbles[5] = {0xB};
            uint8_t bytes[3] = {0};
            unsigned back = 0;
            size_t end = start + write_nibbles(value, nibbles + start);
            pack(nibbles, end, bytes);
            for (size_t size = start; size < end; size++) {
                size_t offset = 4 * start;
                assert_false(iscc_header_read_field(bytes, 4 * size, &offset, &back));
            }
            size_t offset = 4 * start;
            assert_true(iscc_header_read_field(bytes, 4 * end, &offset, &back));
            assert_int_equal(back, value);
            assert_int_equal(offset, 4 * end);
        }
    }
}

/* Bits after the end are ignored, whatever prefix they look like. */
static void test_nothing_is_read_after_the_end(void **state)
{
    (void)state;
    for (unsigned nibble = 0; nibble < 16; nibble++) {
        const uint8_t byte = (uint8_t)nibble;
        size_t offset = 4;
        unsigned value;
        assert_false(iscc_header_read_field(&byte, 4, &offset, &value));
    }
}

static void test_a_prefix_of_four_ones_is_no_number(void **state)
{
    const uint8_t bytes[] = {0xF0, 0x00};
    size_t offset = 0;
    unsigned value = 0;

    (void)state;
    assert_true(iscc_header_read_field(bytes, 16, &offset, &value));
    assert_int_equal(value, ISCC_HEADER_FIELD_MAX + 1);
    assert_int_equal(offset, 4);
}

/* Reads four fields, which say what is wrong with them. */
static iscc_status read_fields(const unsigned fields[4])
{
    uint8_t nibbles[16];
    uint8_t bytes[8] = {0};
    struct iscc_decoded decoded = {0};
    size_t count = 0;

    for (size_t i = 0; i < 4; i++)
        count += write_nibbles(fields[i], nibbles + count);
    pack(nibbles, count, bytes);
    for (size_t size = 0; size < (count + 1) / 2; size++)
        assert_int_equal(iscc_header_read(bytes, size, &decoded), ISCC_ERROR_TOO_SHORT);
    iscc_status status = iscc_header_read(bytes, (count + 1) / 2, &decoded);
    assert_int_equal(decoded.main_type, fields[0]);
    assert_int_equal(decoded.sub_type, fields[1]);
    assert_int_equal(decoded.version, fields[2]);
    assert_int_equal(decoded.length, fields[3]);
    return status;
}

static void test_each_field_is_judged(void **state)
{
    static const struct {
        unsigned fields[4];
        iscc_status status;
    } cases[] = {
        {{3, 0, 0, 7}, ISCC_OK},
        {{8, 0, 0, 7}, ISCC_ERROR_MAIN_TYPE},
        {{4679, 4679, 4679, 4679}, ISCC_ERROR_MAIN_TYPE},
        {{3, 1, 0, 7}, ISCC_ERROR_SUB_TYPE},
        {{2, 5, 0, 7}, ISCC_ERROR_SUB_TYPE},
        {{5, 8, 1, 0}, ISCC_ERROR_SUB_TYPE},
        {{6, 4, 0, 0}, ISCC_ERROR_SUB_TYPE},
        {{5, 72, 584, 8}, ISCC_ERROR_SUB_TYPE},
        {{584, 1000, 4001, 3333}, ISCC_ERROR_MAIN_TYPE},
        {{584, 72, 0, 0}, ISCC_ERROR_MAIN_TYPE}, /* nine nibbles: the last one is alone in its byte */
        {{3, 0, 1, 7}, ISCC_ERROR_VERSION},
        {{3, 0, 100, 100}, ISCC_ERROR_VERSION},
        {{3, 0, 0, 8}, ISCC_ERROR_LENGTH},
        {{3, 0, 0, 4679}, ISCC_ERROR_LENGTH},
        {{6, 0, 0, 5}, ISCC_ERROR_LENGTH},
        {{5, 5, 0, 4}, ISCC_ERROR_LENGTH}, /* SUM with Meta */
        {{5, 7, 0, 1}, ISCC_ERROR_LENGTH}, /* WIDE with Content */
        {{5, 6, 0, 0}, ISCC_ERROR_LENGTH}, /* NONE without Meta */
        {{5, 6, 0, 5}, ISCC_ERROR_LENGTH}, /* NONE with Content */
        {{5, 0, 0, 0}, ISCC_ERROR_LENGTH}, /* TEXT without Content and Semantic */
        {{5, 1, 0, 4}, ISCC_ERROR_LENGTH}, /* likewise */
        {{5, 0, 0, 9}, ISCC_ERROR_LENGTH}, /* a fourth flag */
        {{5, 4, 0, 72}, ISCC_ERROR_LENGTH},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(read_fields(cases[i].fields), cases[i].status);
}

/* By MainType: META 8, SEMANTIC and CONTENT 5 * 8, DATA 8, INSTANCE 8, ID 4 * 5, FLAKE 8; ISCC 5 * 6, where the 6 are
 * the flags with CONTENT or SEMANTIC, and SUM, NONE and WIDE. */
static void test_there_are_165_valid_headers(void **state)
{
    static const unsigned counts[] = {8, 40, 40, 8, 8, 33, 20, 8};
    struct iscc_decoded decoded = {0};
    unsigned bits;

    (void)state;
    for (decoded.main_type = 0; decoded.main_type < 16; decoded.main_type++) {
        unsigned count = 0;
        for (decoded.sub_type = 0; decoded.sub_type < 16; decoded.sub_type++)
            for (decoded.version = 0; decoded.version < 16; decoded.version++)
                for (decoded.length = 0; decoded.length < 16; decoded.length++)
                    count += iscc_header_check(&decoded, &bits) == ISCC_OK;
        assert_int_equal(count, decoded.main_type < 8 ? counts[decoded.main_type] : 0);
    }
}

static void test_length_gives_the_bits(void **state)
{
    static const struct {
        unsigned main_type, sub_type, length, bits;
    } cases[] = {
        {ISCC_META, 0, 0, 32},
        {ISCC_META, 0, 1, 64},
        {ISCC_CONTENT, 4, 3, 128},
        {ISCC_INSTANCE, 0, 7, 256},
        {ISCC_FLAKE, 0, 1, 64},
        {ISCC_ID, 3, 0, 64},
        {ISCC_ID, 0, 1, 72},
        {ISCC_ID, 1, 4, 96},
        {ISCC_ISCC, ISCC_ISCC_SUM, 0, 128},
        {ISCC_ISCC, ISCC_TEXT, 1, 192},
        {ISCC_ISCC, ISCC_AUDIO, 2, 192},
        {ISCC_ISCC, ISCC_MIXED, 3, 256},
        {ISCC_ISCC, ISCC_ISCC_NONE, 4, 192},
        {ISCC_ISCC, ISCC_TEXT, 5, 256},
        {ISCC_ISCC, ISCC_VIDEO, 6, 256},
        {ISCC_ISCC, ISCC_IMAGE, 7, 320},
        {ISCC_ISCC, ISCC_ISCC_WIDE, 0, 256},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct iscc_decoded decoded = {
            .main_type = cases[i].main_type, .sub_type = cases[i].sub_type, .length = cases[i].length};
        unsigned bits = 0;
        assert_int_equal(iscc_header_check(&decoded, &bits), ISCC_OK);
        assert_int_equal(bits, cases[i].bits);
    }
}

TEST_FILE(header)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_number_reads_back_at_both_nibbles),
        cmocka_unit_test(test_nothing_is_read_after_the_end),
        cmocka_unit_test(test_a_prefix_of_four_ones_is_no_number),
        cmocka_unit_test(test_each_field_is_judged),
        cmocka_unit_test(test_there_are_165_valid_headers),
        cmocka_unit_test(test_length_gives_the_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
