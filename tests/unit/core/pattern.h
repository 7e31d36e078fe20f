/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the streams of tests/data/sum.tsv. */
#ifndef PATTERN_H
#define PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Fills `bytes` with the first `size` bytes of a pattern; false where its name is unknown. `s` is a 64-bit state that
 * begins as `seed` and takes a step s = s * 6364136223846793005 + 1442695040888963407 before each use.
 *
 * - zero, ones: all bytes 0x00 or 0xff
 * - count32: the numbers 0, 1, 2 ... in four bytes each, the lowest first
 * - saw: 0 to 255, again and again
 * - lcg: the highest byte of s
 * - lcg2: 'a' or 'b' by the highest bit of s
 * - text: one of eight words by the highest three bits of s, a blank behind each
 * - mixed: 64 KiB of lcg and 64 KiB of zero in turns
 * - edit: lcg, with a byte 0x58 put in at size / 2 and the last one dropped
 */
bool pattern_fill(const char *pattern, uint64_t seed, uint8_t *bytes, size_t size);

#endif
