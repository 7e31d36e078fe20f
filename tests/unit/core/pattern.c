/* SPDX-License-Identifier: Apache-2.0 */
/* The patterns of pattern.h, each a function that fills a buffer. */
#include "pattern.h"

#include <string.h>

static uint64_t step(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state;
}

static void fill_lcg_from(uint64_t *state, uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(step(state) >> 56);
}

static void fill_zero(uint64_t seed, uint8_t *bytes, size_t size)
{
    (void)seed;
    memset(bytes, 0x00, size);
}

static void fill_ones(uint64_t seed, uint8_t *bytes, size_t size)
{
    (void)seed;
    memset(bytes, 0xff, size);
}

static void fill_count32(uint64_t seed, uint8_t *bytes, size_t size)
{
    (void)seed;
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(i / 4 >> 8 * (i % 4));
}

static void fill_saw(uint64_t seed, uint8_t *bytes, size_t size)
{
    (void)seed;
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)i;
}

static void fill_lcg(uint64_t seed, uint8_t *bytes, size_t size)
{
    fill_lcg_from(&seed, bytes, size);
}

static void fill_lcg2(uint64_t seed, uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)('a' + (step(&seed) >> 63));
}

static void fill_text(uint64_t seed, uint8_t *bytes, size_t size)
{
    static const char *const words[8] = {"iscc ",     "content ", "code ",     "data ",
                                         "instance ", "hash ",    "standard ", "\n "};

    while (size > 0) {
        const char *word = words[step(&seed) >> 61];
        const size_t length = strlen(word) < size ? strlen(word) : size;
        memcpy(bytes, word, length);
        bytes += length;
        size -= length;
    }
}

static void fill_mixed(uint64_t seed, uint8_t *bytes, size_t size)
{
    const size_t block = 65536;

    for (size_t start = 0; start < size; start += block) {
        const size_t length = size - start < block ? size - start : block;
        if (start / block % 2 == 0)
            fill_lcg_from(&seed, bytes + start, length);
        else
            memset(bytes + start, 0, length);
    }
}

static void fill_edit(uint64_t seed, uint8_t *bytes, size_t size)
{
    const size_t half = size / 2;

    fill_lcg_from(&seed, bytes, half);
    if (half < size) {
        bytes[half] = 0x58;
        fill_lcg_from(&seed, bytes + half + 1, size - half - 1);
    }
}

bool pattern_fill(const char *pattern, uint64_t seed, uint8_t *bytes, size_t size)
{
    static const struct {
        const char *name;
        void (*fill)(uint64_t seed, uint8_t *bytes, size_t size);
    } patterns[] = {
        {"zero", fill_zero}, {"ones", fill_ones}, {"count32", fill_count32}, {"saw", fill_saw},   {"lcg", fill_lcg},
        {"lcg2", fill_lcg2}, {"text", fill_text}, {"mixed", fill_mixed},     {"edit", fill_edit},
    };

    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        if (strcmp(patterns[i].name, pattern) == 0) {
            patterns[i].fill(seed, bytes, size);
            return true;
        }
    return false;
}
