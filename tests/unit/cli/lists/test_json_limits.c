/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers of JSON, to the last digit. */
#include "lists/json_limits.h"
#include "support/unit.h"

struct example {
    const char *text;
    uint64_t value;
};

static bool read(const char *text, uint64_t *value)
{
    cJSON *object = cJSON_Parse(text);

    if (object == NULL)
        fail_msg("%s is no JSON", text);
    const bool good = json_integer_read(object, text, "n", value);
    cJSON_Delete(object);
    return good;
}

static void whole_numbers(void **state)
{
    static const struct example examples[] = {
        {"{\"n\":0}", 0},
        {"{\"n\":-0}", 0},
        {"{\"n\":3e2}", 300},
        {"{\"n\":300.0}", 300},
        {"{\"n\":9007199254740991}", 9007199254740991},
        {"{\"n\":9007199254740993}", 9007199254740993},
        {"{\"n\":18446744073709551615}", UINT64_MAX},
        {"{\"n\":1e17}", 100000000000000000},
        {"{\"n\":9007199254740993e0}", 9007199254740992}, /* not digits alone: what the double has */
        /* Where it stands, and what looks like it elsewhere. */
        {" { \"n\"\t:\r\n 9007199254740993 } ", 9007199254740993},
        {"{\"a\":{\"n\":1},\"b\":[{\"n\":2},\"n\"],\"c\":\"n\",\"n\":9007199254740993}", 9007199254740993},
        {"{\"a\":\"\\\\\",\"b\":\"\\\",\\\"n\\\":1,\",\"n\":9007199254740993}", 9007199254740993},
        {"{\"nn\":1,\"n\":9007199254740993,\"n\":9007199254740995}", 9007199254740993},
        /* The name of the first has an escape, which is not looked for: then it is what the double has. */
        {"{\"\\u006e\":9007199254740993,\"n\":5}", 9007199254740992},
        {"{\"\\u006e\":9007199254740993}", 9007199254740992},
    };
    uint64_t value;

    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
        if (!read(examples[i].text, &value) || value != examples[i].value)
            fail_msg("%s: %ju", examples[i].text, (uintmax_t)value);
}

static void other_values(void **state)
{
    static const char *const texts[] = {
        "{}",
        "{\"n\":null}",
        "{\"n\":\"1\"}",
        "{\"n\":[1]}",
        "{\"n\":-1}",
        "{\"n\":1.5}",
        "{\"n\":1e300}",
        "{\"n\":1e999}",
        "{\"N\":1}",
        "{\"n\":-1e300}",
        "{\"n\":18446744073709551616}",
        "{\"n\":100000000000000000000000000}",
    };
    uint64_t value;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (read(texts[i], &value))
            fail_msg("%s: %ju", texts[i], (uintmax_t)value);
}

TEST_FILE(json_limits)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_numbers), cmocka_unit_test(other_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
