/* SPDX-License-Identifier: Apache-2.0 */
/* Lines for the writer. */
#ifndef LINES_H
#define LINES_H

#include <stddef.h>

struct output;

/* Writes lines that differ in length, of 197 bytes on average: 400 of them are more than the writer's buffer holds. */
void write_lines(struct output *output, size_t count);

#endif
