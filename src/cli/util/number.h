/* SPDX-License-Identifier: Apache-2.0 */
/* The one parser of numbers from the command line. */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Reads a decimal number: digits alone, no sign, no blanks. False where `text` is none, or is outside of
 * minimum..maximum. */
bool number_parse(const char *text, uint64_t minimum, uint64_t maximum, uint64_t *value);

enum size_result { SIZE_READ, SIZE_INVALID, SIZE_TOO_LARGE };

/*
 * Reads a size in bytes: a decimal number, and the suffixes of coreutils: K, M, G, T, P, E, Z, Y, R and Q count powers
 * of 1024, and so do KiB, MiB and so on; KB, MB and so on count powers of 1000. k and m are K and M. A number without a
 * suffix counts `unit` bytes. SIZE_TOO_LARGE: 64 bits do not hold it.
 */
enum size_result size_parse(const char *text, uint64_t unit, uint64_t *bytes);

#endif
