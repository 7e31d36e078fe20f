/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes in memory that read() gives out in pieces, for targets that are linked with --wrap=read. */
#ifndef PIECES_H
#define PIECES_H

#include <stddef.h>

/* A descriptor, the same each time, whose reads from now on give these bytes, at most `most` at once; then the end. All
 * else that is asked of it is answered as for /dev/null. */
int pieces_open(const void *bytes, size_t size, size_t most);

#endif
