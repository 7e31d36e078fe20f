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

/* Parses a size in bytes: a decimal number with an optional coreutils suffix. K, M, G, T, P, E, Z, Y, R, Q and KiB,
 * MiB, ... are powers of 1024; KB, MB, ... are powers of 1000; k and m equal K and M. A number without a suffix is
 * multiplied by `unit`. SIZE_TOO_LARGE means that the size does not fit in 64 bits. */
enum size_result size_parse(const char *text, uint64_t unit, uint64_t *bytes);

#endif
