/* SPDX-License-Identifier: Apache-2.0 */
/* Rounds decimal numbers to doubles and writes them with the fewest digits. */
#include "content/json_number.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The value of a double, or the midpoint of two, has at most 768 significant digits. So of any more digits only whether
 * one is not zero can matter. */
#define SIGNIFICANT_MAX 800

/* Beyond any exponent that matters with the digits of a text before it, and far from overflow when they are added. */
#define EXPONENT_MAX 1000000000000000

/* Beyond any exponent of a double. */
#define SCALE_MAX 10000

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* The exponent after the 'e', limited to what matters. */
static long long read_exponent(const char *text, const char *end)
{
    const bool negative = text < end && *text == '-';
    long long exponent = 0;

    if (text < end && (*text == '-' || *text == '+'))
        text++;
    for (; text < end; text++)
        exponent = exponent < EXPONENT_MAX ? 10 * exponent + (*text - '0') : exponent;
    return negative ? -exponent : exponent;
}

/* strtod depends on the locale only for the character between the integer and the fraction, so it gets an integer and
 * an exponent. */
static double read_magnitude(const char *literal, size_t size)
{
    char digits[SIGNIFICANT_MAX + 32];
    size_t count = 0;
    long long scale = 0;
    bool in_fraction = false;
    bool lost = false;
    const char *const end = literal + size;

    for (; literal < end && *literal != 'e' && *literal != 'E'; literal++) {
        if (*literal == '.') {
            in_fraction = true;
            continue;
        }
        const bool keep = count < SIGNIFICANT_MAX;
        if (keep && (count > 0 || *literal != '0'))
            digits[count++] = *literal;
        lost = lost || (!keep && *literal != '0');
        scale += (keep ? 0 : 1) - (in_fraction ? 1 : 0);
    }
    if (count == 0)
        return 0;
    if (lost) {
        digits[count++] = '1';
        scale--;
    }
    if (literal < end)
        scale += read_exponent(literal + 1, end);
    scale = scale > SCALE_MAX ? SCALE_MAX : scale < -SCALE_MAX ? -SCALE_MAX : scale;
    snprintf(digits + count, sizeof digits - count, "e%lld", scale);
    return strtod(digits, NULL);
}

static double value_of(uint64_t digits, int scale)
{
    char text[48];

    snprintf(text, sizeof text, "%" PRIu64 "e%d", digits, scale);
    return strtod(text, NULL);
}

/* The nearest decimal number of `precision` digits: `digits` * 10^`scale`. */
static uint64_t round_to(double value, int precision, int *scale)
{
    char text[48];
    uint64_t digits = 0;
    const char *next = text;

    snprintf(text, sizeof text, "%.*e", precision - 1, value);
    for (; *next != 'e'; next++) /* what separates the fraction depends on the locale */
        if (is_digit(*next))
            digits = 10 * digits + (uint64_t)(*next - '0');
    *scale = (int)strtol(next + 1, NULL, 10) - (precision - 1);
    return digits;
}

/*
 * The fewest digits that give a positive value again; no more than 17 are needed. Of the numbers with so many digits
 * the nearest is tried first. Below a power of two doubles are denser than above it, so there the nearest may be that
 * of another double while the next one above is not.
 */
static uint64_t find_shortest(double value, int *scale)
{
    for (int precision = 1; precision < 17; precision++) {
        const uint64_t nearest = round_to(value, precision, scale);
        const uint64_t candidates[] = {nearest, nearest + 1, nearest - 1};
        for (size_t i = 0; i < 3; i++)
            if (value_of(candidates[i], *scale) == value)
                return candidates[i];
    }
    return round_to(value, 17, scale);
}

/* Number::toString of ECMAScript, where `point` digits are before the decimal point. */
static size_t write_digits(const char *digits, int count, int point, char *out)
{
    char *const begin = out;

    if (point > 21 || point < -5) {
        *out++ = digits[0];
        if (count > 1)
            *out++ = '.';
        memcpy(out, digits + 1, (size_t)count - 1);
        out += count - 1;
        return (size_t)(out - begin) + (size_t)sprintf(out, "e%+d", point - 1);
    }
    if (point <= 0) {
        memcpy(out, "0.00000", (size_t)(2 - point));
        out += 2 - point;
    }
    for (int i = 0; i < count || i < point; i++) {
        if (i == point && i > 0)
            *out++ = '.';
        *out++ = i < count ? digits[i] : '0';
    }
    return (size_t)(out - begin);
}

size_t iscc_json_number(const char *literal, size_t size, char out[ISCC_JSON_NUMBER_SIZE])
{
    const bool negative = literal[0] == '-';
    const double value = read_magnitude(literal + negative, size - negative);
    char digits[24];
    int scale;

    if (isinf(value))
        return 0;
    if (value == 0) {
        out[0] = '0';
        return 1;
    }
    uint64_t shortest = find_shortest(value, &scale);
    for (; shortest % 10 == 0; scale++)
        shortest /= 10;
    const int count = snprintf(digits, sizeof digits, "%" PRIu64, shortest);
    out[0] = '-';
    return negative + write_digits(digits, count, count + scale, out + negative);
}
