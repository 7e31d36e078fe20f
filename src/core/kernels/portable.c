/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels in portable C, for any machine and either byte order. They are the reference for all others. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "chain.h"
#include "kernels.h"
#include "mersenne.h"
#include "portable.h"

static size_t find_cuts(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_speculation *speculation,
                        struct iscc_gear_scan *open)
{
    struct iscc_chain chain = {.bytes = bytes, .size = size, .cuts = cuts};

    (void)speculation;
    while (chain.end < size && iscc_chain_extend(&chain)) {
    }
    return iscc_chain_finish(&chain, open);
}

void iscc_portable_hash_chunks(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count,
                               uint32_t *features)
{
    for (size_t i = 0; i < count; i++) {
        features[i] = XXH32(bytes + start, cuts[i] - start, 0);
        start = cuts[i];
    }
}

const uint8_t iscc_portable_ascii[256] = {
    ['$'] = '$', ['+'] = '+', ['<'] = '<', ['='] = '=', ['>'] = '>', ['^'] = '^', ['`'] = '`', ['|'] = '|', ['~'] = '~',
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8',
    ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h',
    ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q',
    ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
    ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i',
    ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r',
    ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z',
};

/* Every character is stored; the next one takes its place unless it is kept. */
size_t iscc_portable_collapse_ascii(const uint8_t *text, size_t size, uint8_t *out, size_t *written)
{
    size_t kept = 0;
    size_t i = 0;

    for (; i < size && text[i] < 0x80; i++) {
        out[kept] = iscc_portable_ascii[text[i]];
        kept += out[kept] != 0;
    }
    *written = kept;
    return i;
}

/* The offset of the character after the one at `offset`. */
static size_t next_character(const uint8_t *text, size_t size, size_t offset)
{
    do
        offset++;
    while (offset < size && (text[offset] & 0xc0) == 0x80);
    return offset;
}

size_t iscc_portable_hash_windows(const uint8_t *text, size_t size, uint32_t *features)
{
    size_t count = 0;
    size_t begin = 0;
    size_t end = 0;

    for (size_t characters = 1; end < size; characters++) {
        end = next_character(text, size, end);
        if (characters < ISCC_WINDOW)
            continue;
        features[count++] = XXH32(text + begin, end - begin, 0);
        begin = next_character(text, size, begin);
    }
    return count;
}

void iscc_portable_lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count)
{
    for (size_t i = 0; i < ISCC_MINIMA; i++) {
        uint32_t minimum = minima[i];
        for (size_t j = 0; j < count; j++) {
            uint32_t permuted = iscc_permute(i, features[j]);
            minimum = permuted < minimum ? permuted : minimum;
        }
        minima[i] = minimum;
    }
}

const struct iscc_kernels iscc_kernels_portable = {
    .name = "portable",
    .find_cuts = find_cuts,
    .hash_chunks = iscc_portable_hash_chunks,
    .hash_windows = iscc_portable_hash_windows,
    .collapse_ascii = iscc_portable_collapse_ascii,
    .lower_minima = iscc_portable_lower_minima,
    .hamming = iscc_portable_hamming,
    .find_near = iscc_portable_find_near,
    .match_sketches = iscc_portable_match_sketches,
    .measure_pairs = iscc_portable_measure_pairs,
};
