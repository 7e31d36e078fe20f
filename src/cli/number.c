/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal numbers in a range. */
#include "number.h"

bool number_parse(const char *text, uint64_t minimum, uint64_t maximum, uint64_t *value)
{
    uint64_t number = 0;

    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return false;
        const uint64_t digit = (uint64_t)(*text - '0');
        if (number > (UINT64_MAX - digit) / 10)
            return false;
        number = 10 * number + digit;
    }
    if (number < minimum || number > maximum)
        return false;
    *value = number;
    return true;
}
