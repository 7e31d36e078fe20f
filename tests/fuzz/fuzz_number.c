/* SPDX-License-Identifier: Apache-2.0 */
/* The parsers of numbers and sizes against arithmetic that detects overflow. The input is two bytes for the limits,
 * then the text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "util/number.h"
#include "support/fuzz.h"

struct number {
    uint64_t value;
    bool is_too_large; /* stays true: nothing is multiplied by 0 */
};

/* Numbers near which parsers tend to fail. */
static const uint64_t limits[] = {
    0,         1, 9, 10, 99, 255, 1024, UINT32_MAX, INT64_MAX, UINT64_MAX / 10, UINT64_MAX / 10 + 1, UINT64_MAX - 1,
    UINT64_MAX};

static uint64_t take_limit(struct fuzz_input *input)
{
    return limits[fuzz_byte(input) % (sizeof limits / sizeof limits[0])];
}

static void multiply(struct number *number, uint64_t factor, uint64_t summand)
{
    number->is_too_large |= __builtin_mul_overflow(number->value, factor, &number->value);
    number->is_too_large |= __builtin_add_overflow(number->value, summand, &number->value);
}

static bool model(const char *text, struct number *number)
{
    *number = (struct number){0};
    if (*text == '\0' || strspn(text, "0123456789") != strlen(text))
        return false;
    for (; *text != '\0'; text++)
        multiply(number, 10, (uint64_t)(*text - '0'));
    return true;
}

/* The powers of each unit, spelled out. */
static enum size_result model_size(const char *text, uint64_t unit, struct number *bytes)
{
    static const char *const units[] = {"K", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q"};
    const size_t digits = strspn(text, "0123456789");
    char *copy = strndup(text, digits);
    char name[4] = "";
    bool is_unit = text[digits] == '\0';

    const bool is_number = model(copy, bytes);
    free(copy);
    if (is_unit)
        multiply(bytes, unit, 0);
    is_unit = is_unit || strcmp(text + digits, "B") == 0;
    for (size_t i = 0; i < sizeof units / sizeof units[0] && !is_unit; i++)
        for (unsigned kind = 0; kind < 3 && !is_unit; kind++) {
            snprintf(name, sizeof name, "%s%s", units[i], kind == 0 ? "" : kind == 1 ? "iB" : "B");
            is_unit = strcasecmp(text + digits, name) == 0;
            for (size_t times = 0; is_unit && times <= i; times++)
                multiply(bytes, kind == 2 ? 1000 : 1024, 0);
        }
    return !is_number || !is_unit ? SIZE_INVALID : bytes->is_too_large ? SIZE_TOO_LARGE : SIZE_READ;
}

FUZZ_TARGET(number)
{
    struct fuzz_input input = {data, size};
    const uint64_t minimum = take_limit(&input);
    const uint64_t maximum = take_limit(&input);
    char *text = fuzz_part(&input, '\0', NULL);
    uint64_t value = 12345;
    struct number expected;
    const bool is_number =
        model(text, &expected) && !expected.is_too_large && expected.value >= minimum && expected.value <= maximum;

    REQUIRE(number_parse(text, minimum, maximum, &value) == is_number);
    REQUIRE(value == (is_number ? expected.value : 12345));
    value = 12345;
    const uint64_t unit = minimum > 0 ? minimum : 1;
    const enum size_result result = model_size(text, unit, &expected);
    REQUIRE(size_parse(text, unit, &value) == result);
    REQUIRE(value == (result == SIZE_READ ? expected.value : 12345));
    free(text);
    return 0;
}
