/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical JSON: texts and numbers with their canonical forms, and what is refused. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/json.h"
#include "content/json_number.h"
#include "content/json_string.h"
#include "support/random.h"
#include "support/unit.h"

#define DEEP 2 * ISCC_JSON_DEPTH

static iscc_status canonicalize(const char *text, size_t size, char *out, size_t capacity)
{
    struct iscc_bytes bytes = {0};
    bool has_context;
    /* In memory of exactly its size, so that a sanitizer sees a read past the end. */
    char *copy = malloc(size + (size == 0));

    assert_non_null(copy);
    memcpy(copy, text, size);
    const iscc_status status = iscc_json_canonicalize(copy, size, &bytes, &has_context);
    assert_true(bytes.size < capacity);
    if (bytes.size > 0)
        memcpy(out, bytes.data, bytes.size);
    out[bytes.size] = '\0';
    free(bytes.data);
    free(copy);
    return status;
}

static const struct {
    const char *text;
    const char *canonical; /* NULL: refused */
} texts[] = {
    {"{}", "{}"},
    {" \t\r\n{ } \n", "{}"},
    {"{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}"},
    {"{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}"},
    {"{\"a\":{\"a\":1},\"a\":2,\"a\":[]}", "{\"a\":[]}"},
    {"{\"\":1,\"\":2}", "{\"\":2}"},
    {"{\"ab\":1,\"a\":2,\"\":3}", "{\"\":3,\"a\":2,\"ab\":1}"},
    {"{\"\\u0061\":1,\"a\":2}", "{\"a\":2}"},
    /* In UTF-16, U+1F600 comes before U+FB33, and U+E000 after both surrogates. */
    {"{\"\uFB33\":1,\"\U0001F600\":2,\"\uE000\":3,\"\u20ac\":4,\"\\r\":5,\"1\":6,\"\u00a0\":7,\"\u00f6\":8}",
     "{\"\\r\":5,\"1\":6,\"\u00a0\":7,\"\u00f6\":8,\"\u20ac\":4,\"\U0001F600\":2,\"\uE000\":3,\"\uFB33\":1}"},
    {"{\"a\":[ 1 , [ ] , { } , \"x\" , true , false , null ]}", "{\"a\":[1,[],{},\"x\",true,false,null]}"},
    {"{\"z\":{\"y\":{\"c\":1,\"b\":2},\"x\":[{\"f\":1,\"e\":2}]},\"a\":0}",
     "{\"a\":0,\"z\":{\"x\":[{\"e\":2,\"f\":1}],\"y\":{\"b\":2,\"c\":1}}}"},
    {"{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001F\\u007f\\u00e9\\uD83d\\ude00\"}",
     "{\"a\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\u00e9\U0001F600\"}"},
    {"{\"a\":-0.0,\"b\":1.50e3,\"c\":0,\"d\":10}", "{\"a\":0,\"b\":1500,\"c\":0,\"d\":10}"},
    {"", NULL},
    {" ", NULL},
    {"[]", NULL},
    {"\"a\"", NULL},
    {"null", NULL},
    {"1", NULL},
    {"{", NULL},
    {"}", NULL},
    {"{}x", NULL},
    {"{}{}", NULL},
    {"{\"a\"}", NULL},
    {"{\"a\":}", NULL},
    {"{\"a\":1", NULL},
    {"{\"a\":1,}", NULL},
    {"{,\"a\":1}", NULL},
    {"{\"a\":1 \"b\":2}", NULL},
    {"{a:1}", NULL},
    {"{'a':1}", NULL},
    {"{\"a\":1}}", NULL},
    {"{\"a\":[1,]}", NULL},
    {"{\"a\":[1 2]}", NULL},
    {"{\"a\":[,1]}", NULL},
    {"{\"a\":[1}", NULL},
    {"{\"a\":[1]", NULL},
    {"{\"a\":tru}", NULL},
    {"{\"a\":True}", NULL},
    {"{\"a\":nullx}", NULL},
    {"{\"a\":NaN}", NULL},
    {"{\"a\":Infinity}", NULL},
    {"{\"a\":01}", NULL},
    {"{\"a\":-}", NULL},
    {"{\"a\":+1}", NULL},
    {"{\"a\":.5}", NULL},
    {"{\"a\":1.}", NULL},
    {"{\"a\":1e}", NULL},
    {"{\"a\":1e+}", NULL},
    {"{\"a\":0x1}", NULL},
    {"{\"a\":1e400}", NULL},
    {"{\"a\":\"\n\"}", NULL},
    {"{\"a\":\"\\x\"}", NULL},
    {"{\"a\":\"\\u12g4\"}", NULL},
    {"{\"a\":\"\\u123\"}", NULL},
    {"{\"a\":\"\\ud800\"}", NULL},
    {"{\"a\":\"\\ud800\\u0041\"}", NULL},
    {"{\"a\":\"\\ud800\\ud800\"}", NULL},
    {"{\"a\":\"\\udc00\"}", NULL},
    {"{\"a\":\"\\", NULL},
    {"{\"a\":\"", NULL},
    {"{\"a\":// comment\n1}", NULL},
    {"\xef\xbb\xbf{}", NULL},
};

static void objects(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char out[400];
        const iscc_status status = canonicalize(texts[i].text, strlen(texts[i].text), out, sizeof out);
        if (status != (texts[i].canonical != NULL ? ISCC_OK : ISCC_ERROR_META))
            fail_msg("%s: %s", texts[i].text, iscc_strerror(status));
        if (status == ISCC_OK) {
            assert_string_equal(out, texts[i].canonical);
            assert_int_equal(canonicalize(texts[i].canonical, strlen(out), out, sizeof out), ISCC_OK);
            assert_string_equal(out, texts[i].canonical);
        }
    }
}

static void refused_bytes(void **state)
{
    char out[100];

    (void)state;
    assert_int_equal(canonicalize("{\"a\0\":1}", 8, out, sizeof out), ISCC_ERROR_META);
    assert_int_equal(canonicalize("{\"a\":1}\0", 8, out, sizeof out), ISCC_ERROR_META);
    assert_int_equal(canonicalize("{\"a\":1\0}", 8, out, sizeof out), ISCC_ERROR_META);
    assert_int_equal(canonicalize("{\"a\":\"\xff\"}", 9, out, sizeof out), ISCC_ERROR_UTF8);
}

/* Every text that a valid one begins with is refused. */
static void prefixes(void **state)
{
    static const char text[] = "{\"k\\u00e9y\":[-1.5e+3,true,\"\\ud83d\\ude00\u00e9\",{\"\":null}]}";
    char out[100];

    (void)state;
    assert_int_equal(canonicalize(text, strlen(text), out, sizeof out), ISCC_OK);
    for (size_t size = 0; size < strlen(text); size++)
        assert_int_not_equal(canonicalize(text, size, out, sizeof out), ISCC_OK);
}

static void context(void **state)
{
    static const struct {
        const char *text;
        bool has_context;
    } rows[] = {{"{\"@context\":null}", true},
                {"{\"a\":1,\"\\u0040context\":{}}", true},
                {"{\"a\":{\"@context\":1}}", false},
                {"{\"a\":[{\"@context\":1}],\"b\":\"@context\"}", false},
                {"{\"@contexts\":1,\"@Context\":1}", false}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct iscc_bytes bytes = {0};
        bool has_context = !rows[i].has_context;
        assert_int_equal(iscc_json_canonicalize(rows[i].text, strlen(rows[i].text), &bytes, &has_context), ISCC_OK);
        assert_int_equal(has_context, rows[i].has_context);
        free(bytes.data);
    }
}

static void nesting(void **state)
{
    char text[2 * DEEP + 100];
    char out[2 * DEEP + 100];

    (void)state;
    for (size_t depth = ISCC_JSON_DEPTH - 2; depth < ISCC_JSON_DEPTH + 2; depth++) {
        memcpy(text, "{\"a\":", 5);
        memset(text + 5, '[', depth - 1);
        memset(text + 5 + depth - 1, ']', depth - 1);
        const size_t size = 5 + 2 * (depth - 1) + 1;
        text[size - 1] = '}';
        assert_int_equal(canonicalize(text, size, out, sizeof out),
                         depth <= ISCC_JSON_DEPTH ? ISCC_OK : ISCC_ERROR_META);
    }
}

/* ---- Numbers ---- */

static void check_number(const char *literal, const char *expected)
{
    char out[ISCC_JSON_NUMBER_SIZE + 1];
    const size_t length = iscc_json_number(literal, strlen(literal), out);

    out[length] = '\0';
    if (strcmp(out, expected) != 0)
        fail_msg("%s gives %s, not %s", literal, out, expected);
}

static const char *const literals[][2] = {
    {"0", "0"},
    {"-0", "0"},
    {"-0.0e5", "0"},
    {"1", "1"},
    {"-1", "-1"},
    {"1.0", "1"},
    {"100e-2", "1"},
    {"0.1", "0.1"},
    {"123.456", "123.456"},
    {"1e20", "100000000000000000000"},
    {"1e21", "1e+21"},
    {"123456789012345678901", "123456789012345680000"},
    {"1234567890123456789012", "1.2345678901234568e+21"},
    {"1e-6", "0.000001"},
    {"1.5e-6", "0.0000015"},
    {"1e-7", "1e-7"},
    {"1.5e-7", "1.5e-7"},
    {"-0.000001", "-0.000001"},
    {"333333333.33333329", "333333333.3333333"},
    {"1E30", "1e+30"},
    {"4.50", "4.5"},
    {"2e-3", "0.002"},
    {"0.000000000000000000000000001", "1e-27"},
    {"9007199254740993", "9007199254740992"},
    {"18446744073709551616", "18446744073709552000"},
    {"5e-324", "5e-324"},
    {"2e-324", "0"},
    {"-5e-324", "-5e-324"},
    {"2.2250738585072014e-308", "2.2250738585072014e-308"},
    {"1.7976931348623157e308", "1.7976931348623157e+308"},
    {"1.7976931348623158e308", "1.7976931348623157e+308"},
    {"1.7976931348623159e308", ""},
    {"1e400", ""},
    {"-1e999999999999999999999", ""},
    {"1e-999999999999999999999", "0"},
    {"0e999999999999999999999", "0"},
    /* 2^-44 and 2^-24: the nearest number of so many digits is below the power of two, and reads as another double.
     */
    {"5.6843418860808015e-14", "5.684341886080802e-14"},
    {"9007199254740991.5", "9007199254740992"},
    {"295147905179352830000", "295147905179352830000"},
    {"1.0000000000000002", "1.0000000000000002"},
    /* Half way between two doubles, and a little above, far behind the digits that a double has. */
    {"9007199254740993.0000000000000000000000000000000000000", "9007199254740992"},
    {"9007199254740993.0000000000000000000000000000000000001", "9007199254740994"},
};

static void numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++)
        check_number(literals[i][0], literals[i][1]);
}

/* A digit far beyond those that are kept decides a tie; zeros before and after the point are no significant digits; and
 * an exponent may undo any number of digits. */
static void long_numbers(void **state)
{
    char text[5000];

    (void)state;
    const int begin = sprintf(text, "9007199254740993.");
    memset(text + begin, '0', 3000);
    strcpy(text + begin + 3000, "1");
    check_number(text, "9007199254740994");
    strcpy(text + begin + 3000, "0");
    check_number(text, "9007199254740992");
    strcpy(text, "0.");
    memset(text + 2, '0', 4000);
    strcpy(text + 4002, "15e4000");
    check_number(text, "0.15");
    text[0] = '3';
    memset(text + 1, '0', 4000);
    strcpy(text + 4001, "e-4000");
    check_number(text, "3");
    memset(text, '1', 1000);
    strcpy(text + 1000, "e-999");
    check_number(text, "1.1111111111111112");
}

/* The value is that of the digits, and no fewer digits give it: neither the exact value's first ones, nor the next
 * number of so many. */
static void check_shortest(double value)
{
    char literal[64], out[ISCC_JSON_NUMBER_SIZE + 1], exact[1200], shorter[64];
    char digits[32] = "";
    size_t count = 0;

    snprintf(literal, sizeof literal, "%.17g", value);
    const size_t length = iscc_json_number(literal, strlen(literal), out);
    out[length] = '\0';
    if (strtod(out, NULL) != value)
        fail_msg("%s is not %a", out, value);
    for (const char *next = out; *next != '\0' && *next != 'e'; next++)
        if (*next != '.' && (count > 0 || *next != '0'))
            digits[count++] = *next;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    if (count == 1)
        return;
    snprintf(exact, sizeof exact, "%.1100e", value);
    const int exponent = atoi(strchr(exact, 'e') + 1);
    unsigned long long first = 0;
    for (size_t i = 0, seen = 0; seen < count - 1; i++)
        if (exact[i] != '.') {
            first = 10 * first + (unsigned)(exact[i] - '0');
            seen++;
        }
    for (unsigned long long next = first; next <= first + 1; next++) {
        snprintf(shorter, sizeof shorter, "%llue%d", next, exponent - (int)(count - 2));
        if (strtod(shorter, NULL) == value)
            fail_msg("%s for %a is longer than %s", out, value, shorter);
    }
}

static void shortest(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (int exponent = -1074; exponent < 1024; exponent++) {
        check_shortest(ldexp(1, exponent));
        check_shortest(nextafter(ldexp(1, exponent), 0) + 0x1p-1074);
    }
    for (size_t i = 0; i < 3000; i++) {
        double value;
        const uint64_t bits = random_next(&random) >> 1;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value) && value > 0)
            check_shortest(value);
        check_shortest((double)(1 + random_below(&random, 1000000)) / 1000);
    }
}

/* The locale's decimal point is not that of JSON. */
static void locale(void **state)
{
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "cs_CZ.UTF-8"};
    bool found = false;

    (void)state;
    for (size_t i = 0; i < 4 && !found; i++)
        found = setlocale(LC_NUMERIC, names[i]) != NULL && strcmp(localeconv()->decimal_point, ",") == 0;
    if (!found)
        skip();
    numbers(state);
    long_numbers(state);
    setlocale(LC_NUMERIC, "C");
}

TEST_FILE(json)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects),      cmocka_unit_test(refused_bytes), cmocka_unit_test(prefixes),
        cmocka_unit_test(context),      cmocka_unit_test(nesting),       cmocka_unit_test(numbers),
        cmocka_unit_test(long_numbers), cmocka_unit_test(shortest),      cmocka_unit_test(locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
