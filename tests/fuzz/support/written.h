/* SPDX-License-Identifier: Apache-2.0 */
/* An output in memory, for targets that are linked with list_wraps of CMakeLists.txt. */
#ifndef WRITTEN_H
#define WRITTEN_H

#include <stddef.h>

#include "output/output.h"

/* The output, emptied, whose lines end with this byte. There is one, which lasts as long as the process. */
struct output *written_start(char terminator);

/* What was written since, NUL-terminated. */
char *written_bytes(size_t *size);

#endif
