/* SPDX-License-Identifier: Apache-2.0 */
/* Parses a threshold and converts it to bits. */
#include "options/threshold.h"

#include <stddef.h>
#include <string.h>

#include "util/number.h"

bool threshold_parse(const char *value, struct threshold *threshold)
{
    char number[8] = "";
    const size_t size = strlen(value);

    threshold->is_share = size > 0 && value[size - 1] == '%';
    const size_t digits = size - threshold->is_share;
    if (digits < sizeof number)
        memcpy(number, value, digits);
    return number_parse(number, 0, threshold->is_share ? 100 : THRESHOLD_BITS_MAX, &threshold->value);
}

unsigned threshold_bits(const struct threshold *threshold, unsigned bits)
{
    return (unsigned)(threshold->is_share ? bits * threshold->value / 100 : threshold->value);
}
