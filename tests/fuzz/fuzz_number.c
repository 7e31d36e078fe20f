/* SPDX-License-Identifier: Apache-2.0 */
/* The parsers of numbers and sizes against arithmetic in twice the width: two bytes for the limits, then the text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"
#include "support/fuzz.h"

__extension__ typedef unsigned __int128 wide;

/* Numbers around which something may go wrong. */
static const uint64_t limits[] = {
    0,         1, 9, 10, 99, 255, 1024, UINT32_MAX, INT64_MAX, UINT64_MAX / 10, UINT64_MAX / 10 + 1, UINT64_MAX - 1,
    UINT64_MAX};

static uint64_t take_limit(struct fuzz_input *input)
{
    return limits[fuzz_byte(input) % (sizeof limits / sizeof limits[0])];
}

static bool model(const char *text, wide *value)
{
    const wide enough = (wide)1 << 100; /* and it stays there */

    *value = 0;
    if (*text == '\0' || strspn(text, "0123456789") != strlen(text))
        return false;
    for (; *text != '\0'; text++)
        *value = *value < enough ? 10 * *value + (unsigned)(*text - '0') : enough;
    return true;
}

/* The powers of each unit, spelled out. */
static enum size_result model_size(const char *text, uint64_t unit, wide *bytes)
{
    static const char *const units[] = {"K", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q"};
    const size_t digits = strspn(text, "0123456789");
    char *number = strndup(text, digits);
    char name[4] = "";
    bool is_unit = text[digits] == '\0';

    const bool is_number = model(number, bytes);
    free(number);
    if (is_unit && *bytes <= UINT64_MAX)
        *bytes *= unit;
    for (size_t i = 0; i < sizeof units / sizeof units[0] && !is_unit; i++)
        for (unsigned kind = 0; kind < 3 && !is_unit; kind++) {
            snprintf(name, sizeof name, "%s%s", units[i], kind == 0 ? "" : kind == 1 ? "iB" : "B");
            const bool small =
                i < 2 && text[digits] == units[i][0] + 'a' - 'A' && strcmp(text + digits + 1, name + 1) == 0;
            is_unit = small || strcmp(text + digits, name) == 0;
            for (size_t times = 0; is_unit && times <= i && *bytes <= UINT64_MAX; times++)
                *bytes *= kind == 2 ? 1000 : 1024;
        }
    return !is_number || !is_unit ? SIZE_INVALID : *bytes > UINT64_MAX ? SIZE_TOO_LARGE : SIZE_READ;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {data, size};
    const uint64_t minimum = take_limit(&input);
    const uint64_t maximum = take_limit(&input);
    char *text = fuzz_part(&input, '\0', NULL);
    uint64_t value = 12345;
    wide expected;
    const bool is_number = model(text, &expected) && expected >= minimum && expected <= maximum;

    REQUIRE(number_parse(text, minimum, maximum, &value) == is_number);
    REQUIRE(value == (is_number ? (uint64_t)expected : 12345));
    value = 12345;
    const uint64_t unit = minimum > 0 ? minimum : 1;
    const enum size_result result = model_size(text, unit, &expected);
    REQUIRE(size_parse(text, unit, &value) == result);
    REQUIRE(value == (result == SIZE_READ ? (uint64_t)expected : 12345));
    free(text);
    return 0;
}
