/* SPDX-License-Identifier: Apache-2.0 */
/* Parser for all numbers on the command line. */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Parses a decimal number: digits only, no sign, no blanks. Returns false if `text` is not a number or is outside
 * minimum..maximum. */
bool number_parse(const char *text, uint64_t minimum, uint64_t maximum, uint64_t *value);

enum size_result { SIZE_READ, SIZE_INVALID, SIZE_TOO_LARGE };

/* Parses a size in bytes: a decimal number with an optional suffix of coreutils, in any case. K, M, G, T, P, E, Z, Y,
 * R, Q and KiB, MiB, ... are powers of 1024; KB, MB, ... are powers of 1000. B, which is upper case because b means 512
 * bytes to other tools, is one byte. A number without a suffix is multiplied by `unit`. SIZE_TOO_LARGE means that the
 * size does not fit in 64 bits. */
enum size_result size_parse(const char *text, uint64_t unit, uint64_t *bytes);

#endif
