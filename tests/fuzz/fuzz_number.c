/* SPDX-License-Identifier: Apache-2.0 */
/* The number parser against arithmetic in twice the width: two bytes for the limits, then the text. */
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
    free(text);
    return 0;
}
