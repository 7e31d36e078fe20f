/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal numbers within a range, and sizes with unit suffixes. */
#include "util/number.h"

#include <string.h>
#include <strings.h>

static bool multiply(uint64_t *number, uint64_t factor)
{
    if (factor > 0 && *number > UINT64_MAX / factor)
        return false;
    *number *= factor;
    return true;
}

/* Reads digits and leaves `*text` at the first byte that is not one. */
static enum size_result read_digits(const char **text, uint64_t *number)
{
    enum size_result result = SIZE_INVALID;

    *number = 0;
    for (; **text >= '0' && **text <= '9'; ++*text) {
        const uint64_t digit = (uint64_t)(**text - '0');
        if (result == SIZE_INVALID)
            result = SIZE_READ;
        if (*number > (UINT64_MAX - digit) / 10)
            result = SIZE_TOO_LARGE;
        *number = 10 * *number + digit;
    }
    return result;
}

bool number_parse(const char *text, uint64_t minimum, uint64_t maximum, uint64_t *value)
{
    uint64_t number;

    if (read_digits(&text, &number) != SIZE_READ || *text != '\0' || number < minimum || number > maximum)
        return false;
    *value = number;
    return true;
}

enum size_result size_parse(const char *text, uint64_t unit, uint64_t *bytes)
{
    static const char letters[] = "KMGTPEZYRQ";
    uint64_t number;
    uint64_t factor = unit;
    size_t times = 1;

    enum size_result result = read_digits(&text, &number);
    if (result == SIZE_INVALID)
        return result;
    if (strcmp(text, "B") == 0) {
        times = 0;
    } else if (*text != '\0') {
        const char *letter = strchr(letters, *text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text);
        text++;
        factor = strcasecmp(text, "B") == 0 ? 1000 : 1024;
        if (letter == NULL || (factor == 1024 && *text != '\0' && strcasecmp(text, "iB") != 0))
            return SIZE_INVALID;
        times = (size_t)(letter - letters) + 1;
    }
    for (; times > 0 && result == SIZE_READ; times--)
        result = multiply(&number, factor) ? SIZE_READ : SIZE_TOO_LARGE;
    if (result == SIZE_READ)
        *bytes = number;
    return result;
}
