/* SPDX-License-Identifier: Apache-2.0 */
/* Composing and decomposing: measured codes, every set of units in every order, and the sets that are rejected. */
#include <iscc/iscc.h>
#include <string.h>

#include "codes/codec.h"
#include "codes/header.h"
#include "support/unit.h"

#define UNIT_TYPES 5u
#define UNTOUCHED "untouched"

/* Codes of whole streams, measured with two other programs. */
static const struct {
    const char *narrow, *wide, *data_code, *instance_code;
} streams[] = {
    {"ISCC:KUACL4F2WZY7KBXBV4JUTOPV7GQ2M", "ISCC:K4ACL4F2WZY7KBXBYUZPREWZ26IXVLYTJG47L6NBU2QEATPKG3OMSSI",
     "ISCC:GADSL4F2WZY7KBXBYUZPREWZ26IXUJJOPJJAQMXVSY5IZVHJU7RRFNI",
     "ISCC:IAD26E2JXH27TINGUBAE32RW3TEUTG6LEXE23QISW7GJVE6K4QPTEYQ"},
    {"ISCC:KUAESNQRBTPOE2IN5S7USNEGZFKII", "ISCC:K4AESNQRBTPOE2INZRSP6GCNRAXCJ3F7JE2INSKUQRT2F4EU6EEFY6Q",
     "ISCC:GADUSNQRBTPOE2INZRSP6GCNRAXCI7DWX3DDYE45OIDANEJKMKCFO4I",
     "ISCC:IAD6ZP2JGSDMSVEEM6RPBFHRBBOHUGSNCE7QH4EI3BHLU3HNHFZIBQY"},
    {"ISCC:KUABDZIWIA6ENTFZWDNLDFURL3DGS", "ISCC:K4ABDZIWIA6ENTFZW4ZMOS55TXPUJMG2WGLJCXWGNGYGHS62DZTTMMI",
     "ISCC:GADRDZIWIA6ENTFZW4ZMOS55TXPUISX6HPUFI6M3HNGSP2PU3ICUPUY",
     "ISCC:IAD3BWVRS2IV5RTJWBR4XWQ6M43DDCJKI3R5NPJTRQVQ66RL2T6L7CY"},
};

#define STREAMS (sizeof streams / sizeof streams[0])

/* A unit whose digest shows its MainType in each byte. */
static void write_unit(unsigned main_type, unsigned sub_type, unsigned bits, char code[ISCC_CODE_SIZE])
{
    struct iscc_decoded unit = {.main_type = main_type, .sub_type = sub_type, .length = bits / 32 - 1, .bits = bits};

    for (size_t i = 0; i < bits / 8; i++)
        unit.digest[i] = (uint8_t)(16 * (main_type + 1) + i % 16);
    assert_int_equal(iscc_encode(&unit, code), ISCC_OK);
}

static void test_measured_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < STREAMS; i++) {
        const char *units[] = {streams[i].data_code, streams[i].instance_code};
        char code[ISCC_CODE_SIZE];
        assert_int_equal(iscc_gen_iscc_code_v0(units, 2, ISCC_NARROW, code), ISCC_OK);
        assert_string_equal(code, streams[i].narrow);
        assert_int_equal(iscc_gen_iscc_code_v0(units, 2, ISCC_WIDE, code), ISCC_OK);
        assert_string_equal(code, streams[i].wide);
    }
}

/* The hashers' short cut gives what composing gives. */
static void test_write_sum_is_composing(void **state)
{
    (void)state;
    for (size_t i = 0; i < STREAMS; i++) {
        struct iscc_decoded data, instance;
        char code[ISCC_CODE_SIZE];
        assert_int_equal(iscc_decode(streams[i].data_code, &data, NULL), ISCC_OK);
        assert_int_equal(iscc_decode(streams[i].instance_code, &instance, NULL), ISCC_OK);
        iscc_codec_write_sum(ISCC_NARROW, data.digest, instance.digest, code);
        assert_string_equal(code, streams[i].narrow);
        iscc_codec_write_sum(ISCC_WIDE, data.digest, instance.digest, code);
        assert_string_equal(code, streams[i].wide);
    }
}

/* What a composite gives back are the first bits of the units that it was made of. */
static void assert_first_bits(const char *part, const char *whole, unsigned bits)
{
    struct iscc_decoded a, b;

    assert_int_equal(iscc_decode(part, &a, NULL), ISCC_OK);
    assert_int_equal(iscc_decode(whole, &b, NULL), ISCC_OK);
    assert_int_equal(a.main_type, b.main_type);
    assert_int_equal(a.sub_type, b.sub_type);
    assert_int_equal(a.bits, bits);
    assert_memory_equal(a.digest, b.digest, bits / 8);
}

static void test_measured_codes_decompose(void **state)
{
    (void)state;
    for (size_t i = 0; i < STREAMS; i++) {
        char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
        size_t count;
        assert_int_equal(iscc_decompose(streams[i].narrow, units, &count), ISCC_OK);
        assert_int_equal(count, 2);
        assert_first_bits(units[0], streams[i].data_code, 64);
        assert_first_bits(units[1], streams[i].instance_code, 64);
        assert_int_equal(iscc_decompose(streams[i].wide, units, &count), ISCC_OK);
        assert_int_equal(count, 2);
        assert_first_bits(units[0], streams[i].data_code, 128);
        assert_first_bits(units[1], streams[i].instance_code, 128);
    }
}

/* A composite by the rules, written without the code that is tested: the units of `present` (bit i for MainType i) in
 * order. */
static void expect_composite(unsigned present, unsigned media_type, struct iscc_decoded *expected)
{
    static const unsigned flags[UNIT_TYPES] = {4, 2, 1, 0, 0};
    uint8_t *end = expected->digest;

    memset(expected, 0, sizeof *expected);
    expected->main_type = ISCC_ISCC;
    expected->sub_type = (present & 6u) != 0 ? media_type : (present & 1u) != 0 ? ISCC_ISCC_NONE : ISCC_ISCC_SUM;
    for (unsigned type = 0; type < UNIT_TYPES; type++) {
        if ((present >> type & 1u) == 0)
            continue;
        expected->length += flags[type];
        expected->bits += 64;
        for (unsigned i = 0; i < 8; i++)
            *end++ = (uint8_t)(16 * (type + 1) + i);
    }
}

/* Swaps two codes of a list: `turn` counts through enough pairs to see each order of five. */
static void shuffle(const char *units[], size_t count, unsigned turn)
{
    for (size_t left = count; left > 1; turn /= (unsigned)left, left--) {
        size_t pick = turn % left;
        const char *code = units[left - 1];
        units[left - 1] = units[pick];
        units[pick] = code;
    }
}

static void check_set(unsigned present, unsigned media_type, unsigned bits)
{
    char codes[UNIT_TYPES][ISCC_CODE_SIZE];
    char parts[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
    char expected_code[ISCC_CODE_SIZE];
    struct iscc_decoded expected;
    size_t part_count;

    expect_composite(present, media_type, &expected);
    assert_int_equal(iscc_encode(&expected, expected_code), ISCC_OK);
    for (unsigned turn = 0; turn < 120; turn++) {
        const char *units[UNIT_TYPES];
        char code[ISCC_CODE_SIZE];
        size_t count = 0;
        for (unsigned type = 0; type < UNIT_TYPES; type++) {
            if ((present >> type & 1u) == 0)
                continue;
            write_unit(type, type == ISCC_SEMANTIC || type == ISCC_CONTENT ? media_type : 0, bits, codes[count]);
            units[count] = codes[count];
            count++;
        }
        shuffle(units, count, turn);
        assert_int_equal(iscc_gen_iscc_code_v0(units, count, ISCC_NARROW, code), ISCC_OK);
        assert_string_equal(code, expected_code);
        assert_int_equal(iscc_decompose(code, parts, &part_count), ISCC_OK);
        assert_int_equal(part_count, count);
        for (size_t i = 0; i < count; i++)
            assert_first_bits(parts[i], codes[i], 64);
    }
}

static void test_every_set_in_every_order(void **state)
{
    (void)state;
    for (unsigned optional = 0; optional < 8; optional++)
        for (unsigned media_type = ISCC_TEXT; media_type <= ISCC_MIXED; media_type++)
            for (unsigned bits = 64; bits <= 256; bits += 96)
                check_set(optional | 1u << ISCC_DATA | 1u << ISCC_INSTANCE, media_type, bits);
}

static void assert_no_composite(const char *const units[], size_t count, unsigned flags, iscc_status status)
{
    char code[ISCC_CODE_SIZE] = UNTOUCHED;

    assert_int_equal(iscc_gen_iscc_code_v0(units, count, flags, code), status);
    assert_string_equal(code, UNTOUCHED);
}

static void test_data_and_instance_are_a_must(void **state)
{
    char codes[UNIT_TYPES][ISCC_CODE_SIZE];

    (void)state;
    for (unsigned type = 0; type < UNIT_TYPES; type++)
        write_unit(type, 0, 128, codes[type]);
    for (unsigned present = 0; present < 32; present++) {
        const char *units[UNIT_TYPES];
        size_t count = 0;
        for (unsigned type = 0; type < UNIT_TYPES; type++)
            if ((present >> type & 1u) != 0)
                units[count++] = codes[type];
        if (present < 24)
            assert_no_composite(units, count, ISCC_NARROW, ISCC_ERROR_UNITS);
        if (present != 24)
            assert_no_composite(units, count, ISCC_WIDE, ISCC_ERROR_UNITS);
    }
}

/* Each unit in turn has too few bits. */
static void test_short_units(void **state)
{
    (void)state;
    for (unsigned narrow = 0; narrow < UNIT_TYPES; narrow++) {
        char codes[UNIT_TYPES][ISCC_CODE_SIZE];
        const char *units[UNIT_TYPES];
        for (unsigned type = 0; type < UNIT_TYPES; type++) {
            write_unit(type, 0, type == narrow ? 32 : 64, codes[type]);
            units[type] = codes[type];
        }
        assert_no_composite(units, UNIT_TYPES, ISCC_NARROW, ISCC_ERROR_UNITS);
    }
    for (unsigned narrow = ISCC_DATA; narrow <= ISCC_INSTANCE; narrow++) {
        char codes[2][ISCC_CODE_SIZE];
        const char *const units[] = {codes[0], codes[1]};
        write_unit(ISCC_DATA, 0, narrow == ISCC_DATA ? 96 : 128, codes[0]);
        write_unit(ISCC_INSTANCE, 0, narrow == ISCC_INSTANCE ? 96 : 128, codes[1]);
        assert_no_composite(units, 2, ISCC_WIDE, ISCC_ERROR_UNITS);
    }
}

static void test_media_types_must_agree(void **state)
{
    for (unsigned semantic = ISCC_TEXT; semantic <= ISCC_MIXED; semantic++) {
        for (unsigned content = ISCC_TEXT; content <= ISCC_MIXED; content++) {
            char codes[2][ISCC_CODE_SIZE];
            char code[ISCC_CODE_SIZE];
            const char *const units[] = {codes[0], streams[0].data_code, codes[1], streams[0].instance_code};
            write_unit(ISCC_SEMANTIC, semantic, 64, codes[0]);
            write_unit(ISCC_CONTENT, content, 64, codes[1]);
            if (semantic == content)
                assert_int_equal(iscc_gen_iscc_code_v0(units, 4, ISCC_NARROW, code), ISCC_OK);
            else
                assert_no_composite(units, 4, ISCC_NARROW, ISCC_ERROR_UNITS);
        }
    }
    (void)state;
}

static void test_units_that_do_not_fit(void **state)
{
    const char *const data = streams[0].data_code;
    const char *const instance = streams[0].instance_code;
    const char *const twice[] = {data, instance, data};
    const char *const composite[] = {data, instance, streams[0].narrow};
    const char *const many[] = {data, instance, data, instance, data, instance};
    char id[ISCC_CODE_SIZE], flake[ISCC_CODE_SIZE];
    const char *const with_id[] = {data, instance, id};
    const char *const with_flake[] = {data, instance, flake};

    (void)state;
    assert_int_equal(iscc_encode(&(struct iscc_decoded){.main_type = ISCC_ID, .bits = 64}, id), ISCC_OK);
    write_unit(ISCC_FLAKE, 0, 64, flake);
    assert_no_composite(twice, 3, ISCC_NARROW, ISCC_ERROR_UNITS);
    assert_no_composite(composite, 3, ISCC_NARROW, ISCC_ERROR_UNITS);
    assert_no_composite(with_id, 3, ISCC_NARROW, ISCC_ERROR_UNITS);
    assert_no_composite(with_flake, 3, ISCC_NARROW, ISCC_ERROR_UNITS);
    for (size_t count = 0; count <= 6; count++)
        if (count != 2)
            assert_no_composite(many, count, ISCC_NARROW, ISCC_ERROR_UNITS);
    assert_no_composite(many, SIZE_MAX, ISCC_NARROW, ISCC_ERROR_UNITS);
}

static void test_units_that_are_no_codes(void **state)
{
    const char *const bad[] = {streams[0].data_code, "ISCC:IAD26E2JXH27TIN!"};
    const char *const cut[] = {"ISCC:GADSL4F2WZY7KBXB", streams[0].instance_code};
    const char *const missing[] = {streams[0].data_code, NULL};
    const char *const good[] = {streams[0].data_code, streams[0].instance_code};

    (void)state;
    assert_no_composite(bad, 2, ISCC_NARROW, ISCC_ERROR_CHARACTER);
    assert_no_composite(cut, 2, ISCC_WIDE, ISCC_ERROR_TOO_SHORT);
    assert_no_composite(missing, 2, ISCC_NARROW, ISCC_ERROR_ARGUMENT);
    assert_no_composite(NULL, 2, ISCC_NARROW, ISCC_ERROR_ARGUMENT);
    assert_no_composite(good, 2, 2, ISCC_ERROR_ARGUMENT);
    assert_no_composite(good, 2, ~0u, ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_gen_iscc_code_v0(good, 2, ISCC_NARROW, NULL), ISCC_ERROR_ARGUMENT);
}

static void test_careless_units_and_shared_memory(void **state)
{
    char code[ISCC_CODE_SIZE] = " gads-l4f2wzy7kbxbyuzprewz26ixujjopjjaqmxvsy5izvhju7rrfni\n";
    const char *const units[] = {streams[0].instance_code, code};

    (void)state;
    assert_int_equal(iscc_gen_iscc_code_v0(units, 2, ISCC_WIDE, code), ISCC_OK);
    assert_string_equal(code, streams[0].wide);
}

/* Whatever is a valid ISCC-CODE can be composed of its parts again: no header means what another one means. */
static void test_every_composite_composes_again(void **state)
{
    struct iscc_decoded composite = {.main_type = ISCC_ISCC};
    unsigned seen = 0;

    (void)state;
    for (size_t i = 0; i < ISCC_DIGEST_SIZE; i++)
        composite.digest[i] = (uint8_t)(7 * i + 1);
    for (composite.sub_type = 0; composite.sub_type < 8; composite.sub_type++) {
        for (composite.length = 0; composite.length < 8; composite.length++) {
            char code[ISCC_CODE_SIZE], again[ISCC_CODE_SIZE], parts[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
            const char *const units[] = {parts[0], parts[1], parts[2], parts[3], parts[4]};
            unsigned flags = composite.sub_type == ISCC_ISCC_WIDE ? ISCC_WIDE : ISCC_NARROW;
            size_t count;
            if (iscc_header_check(&composite, &composite.bits) != ISCC_OK)
                continue;
            seen++;
            assert_int_equal(iscc_encode(&composite, code), ISCC_OK);
            assert_int_equal(iscc_decompose(code, parts, &count), ISCC_OK);
            assert_int_equal(iscc_gen_iscc_code_v0(units, count, flags, again), ISCC_OK);
            assert_string_equal(again, code);
        }
    }
    assert_int_equal(seen, 33);
}

static void test_a_unit_gives_itself(void **state)
{
    static const unsigned types[] = {ISCC_META, ISCC_SEMANTIC, ISCC_CONTENT, ISCC_DATA, ISCC_INSTANCE, ISCC_FLAKE};

    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        for (unsigned bits = 32; bits <= 256; bits += 32) {
            char code[ISCC_CODE_SIZE], careless[ISCC_CODE_SIZE + 1], units[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
            size_t count = 0;
            write_unit(types[i], 0, bits, code);
            careless[0] = ' ';
            memcpy(careless + 1, code, sizeof code);
            assert_int_equal(iscc_decompose(careless, units, &count), ISCC_OK);
            assert_int_equal(count, 1);
            assert_string_equal(units[0], code);
        }
    }
}

static void test_decompose_refuses(void **state)
{
    char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE] = {UNTOUCHED};
    size_t count = 77;

    (void)state;
    assert_int_equal(iscc_decompose(NULL, units, &count), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_decompose(streams[0].wide, NULL, &count), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_decompose(streams[0].wide, units, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_decompose("", units, &count), ISCC_ERROR_TOO_SHORT);
    assert_int_equal(iscc_decompose("ISCC:KUAC", units, &count), ISCC_ERROR_TOO_SHORT);
    assert_int_equal(iscc_decompose("ISCC:KUEC", units, &count), ISCC_ERROR_TOO_SHORT);
    assert_int_equal(count, 77);
    assert_string_equal(units[0], UNTOUCHED);
}

TEST_FILE(iscc_code)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measured_codes),
        cmocka_unit_test(test_write_sum_is_composing),
        cmocka_unit_test(test_measured_codes_decompose),
        cmocka_unit_test(test_every_set_in_every_order),
        cmocka_unit_test(test_data_and_instance_are_a_must),
        cmocka_unit_test(test_short_units),
        cmocka_unit_test(test_media_types_must_agree),
        cmocka_unit_test(test_units_that_do_not_fit),
        cmocka_unit_test(test_units_that_are_no_codes),
        cmocka_unit_test(test_careless_units_and_shared_memory),
        cmocka_unit_test(test_every_composite_composes_again),
        cmocka_unit_test(test_a_unit_gives_itself),
        cmocka_unit_test(test_decompose_refuses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
