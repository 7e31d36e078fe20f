/* SPDX-License-Identifier: Apache-2.0 */
/* The one parser of numbers from the command line. */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Reads a decimal number: digits alone, no sign, no blanks. False where `text` is none, or is outside of
 * minimum..maximum. */
bool number_parse(const char *text, uint64_t minimum, uint64_t maximum, uint64_t *value);

#endif
