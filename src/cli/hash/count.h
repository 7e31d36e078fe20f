/* SPDX-License-Identifier: Apache-2.0 */
/* Counts the files that operands stand for, while a run hashes them. */
#ifndef COUNT_H
#define COUNT_H

#include <stdbool.h>

#include "hash/source.h"

/* Lists the operands again and passes each file to progress_expect(), without a message; what cannot be read counts as
 * an empty file. Returns false if the number is unknown: standard input is among the operands, the run ended first, or
 * memory was short. */
bool count_operands(const struct operands *operands, const struct source_settings *settings);

#endif
