/* SPDX-License-Identifier: Apache-2.0 */
/* Lines to write. */
#ifndef LINES_H
#define LINES_H

#include <stddef.h>

struct output;

/* Writes lines of different lengths, 197 bytes on average: 400 of them exceed the output's buffer. */
void write_lines(struct output *output, size_t count);

#endif
