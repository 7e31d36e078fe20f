/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a threshold, and turns it into bits. */
#include "options/threshold.h"

#include <stddef.h>
#include <string.h>

#include "util/message.h"
#include "util/number.h"

enum { BITS_MAX = 256 };

bool threshold_parse(const char *command, const char *value, struct threshold *threshold)
{
    char number[8] = "";
    const size_t size = strlen(value);

    threshold->is_share = size > 0 && value[size - 1] == '%';
    const size_t digits = size - threshold->is_share;
    if (digits < sizeof number)
        memcpy(number, value, digits);
    if (number_parse(number, 0, threshold->is_share ? 100 : BITS_MAX, &threshold->value))
        return true;
    message_usage(command, "invalid threshold: '%s' (bits from 0 to %d, or 0%% to 100%%)", value, BITS_MAX);
    return false;
}

unsigned threshold_bits(const struct threshold *threshold, unsigned bits)
{
    return (unsigned)(threshold->is_share ? bits * threshold->value / 100 : threshold->value);
}
