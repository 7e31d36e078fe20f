/* SPDX-License-Identifier: Apache-2.0 */
/* An output in memory, for targets that are linked with --wrap=output_write,--wrap=output_string. */
#ifndef WRITTEN_H
#define WRITTEN_H

#include <stddef.h>

#include "output/output.h"

/* The output, emptied. There is one, which lasts as long as the process. */
struct output *written_start(void);

/* What was written since, NUL-terminated. */
char *written_bytes(size_t *size);

#endif
