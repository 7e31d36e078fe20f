/* SPDX-License-Identifier: Apache-2.0 */
/* Names of streams that the process has open, such as those that a shell makes of <(COMMAND). */
#ifndef OPEN_STREAM_H
#define OPEN_STREAM_H

#include <sys/stat.h>

/* The number of the descriptor that an operand with this status names: N for /dev/fd/N and /proc/self/fd/N, 0 for
 * /dev/stdin. -1 for any other name, and for regular files and directories, which can be opened like all others. */
int open_stream_number(const char *operand, const struct stat *status);

#endif
