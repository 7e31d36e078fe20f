/* SPDX-License-Identifier: Apache-2.0 */
/* Base32 and header fields: round trips, digits bit by bit, fields at every offset. */
#include <stdlib.h>
#include <string.h>

#include "codes/base32.h"
#include "codes/header.h"
#include "support/fuzz.h"

static unsigned bit_of(const uint8_t *bytes, size_t bit)
{
    return (unsigned)bytes[bit / 8] >> (7 - bit % 8) & 1u;
}

/* Encodes the bytes bit by bit. */
static void require_digits(const uint8_t *bytes, size_t size, const char *text)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    REQUIRE(strlen(text) == (8 * size + 4) / 5);
    for (size_t digit = 0; text[digit] != '\0'; digit++) {
        unsigned value = 0;
        for (size_t bit = 5 * digit; bit < 5 * digit + 5; bit++)
            value = 2 * value + (bit < 8 * size ? bit_of(bytes, bit) : 0);
        REQUIRE(text[digit] == alphabet[value]);
        REQUIRE(iscc_base32_value(text[digit]) == (int)value);
    }
}

static void require_there_and_back(const uint8_t *bytes, size_t size)
{
    const size_t count = ISCC_BASE32_DIGITS(size);
    char *text = fuzz_grow(NULL, count + 1);
    struct iscc_base32_reader reader = {0};
    uint8_t *again = fuzz_grow(NULL, ISCC_BASE32_BYTES(count) + 1);

    iscc_base32_encode(bytes, size, text);
    require_digits(bytes, size, text);
    for (size_t i = 0; i < count; i++)
        iscc_base32_read(&reader, (unsigned)iscc_base32_value(text[i]), again);
    REQUIRE(iscc_base32_rest(&reader) == 0);
    REQUIRE(ISCC_BASE32_BYTES(count) == size && (size == 0 || memcmp(again, bytes, size) == 0));
    free(text);
    free(again);
}

/* The input as text: other characters have no value, and letter case does not matter. */
static void require_values(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const uint8_t byte = bytes[i];
        const bool is_letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
        const int value = iscc_base32_value((char)byte);
        REQUIRE((value >= 0) == (is_letter || (byte >= '2' && byte <= '7')));
        REQUIRE(value < 32 && (!is_letter || value == iscc_base32_value((char)(byte ^ 32))));
    }
}

/* A field advances the offset, not beyond the end, and its number is in the range of its form. */
static void require_fields(const uint8_t *bytes, size_t bits)
{
    static const unsigned least[] = {0, 0, 8, 72, 584};
    static const unsigned most[] = {0, 7, 71, 583, 4679};

    for (size_t start = 0; start <= bits; start += 4) {
        size_t offset = start;
        unsigned value = 0;
        if (!iscc_header_read_field(bytes, bits, &offset, &value)) {
            REQUIRE(offset == start && bits - start < 16);
            continue;
        }
        const size_t nibbles = (offset - start) / 4;
        REQUIRE(offset <= bits && nibbles >= 1 && nibbles <= 4);
        REQUIRE((value >= least[nibbles] && value <= most[nibbles]) || (nibbles == 1 && value == 4680));
    }
}

FUZZ_TARGET(base32)
{
    char *copy = fuzz_text(data, size);
    const uint8_t *bytes = (const uint8_t *)copy;

    require_there_and_back(bytes, size);
    require_values(bytes, size);
    require_fields(bytes, 8 * size);
    free(copy);
    return 0;
}
