/* SPDX-License-Identifier: Apache-2.0 */
/* An output in memory, for targets linked with the list_wraps of CMakeLists.txt. */
#ifndef WRITTEN_H
#define WRITTEN_H

#include <stddef.h>

#include "output/output.h"

/* Empties and returns the output, whose lines end in this byte. There is one per process. */
struct output *written_start(char terminator);

/* The text written since, NUL-terminated. */
char *written_bytes(size_t *size);

#endif
