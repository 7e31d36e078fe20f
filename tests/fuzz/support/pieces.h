/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes in memory that read() gives out in pieces, for targets that are linked with --wrap=read. */
#ifndef PIECES_H
#define PIECES_H

#include <stddef.h>

/* No descriptor that the system gives. */
enum { PIECES_DESCRIPTOR = 1 << 30 };

/* From now on reads of PIECES_DESCRIPTOR give these bytes, at most `most` at once; then the end. */
void pieces_set(const void *bytes, size_t size, size_t most);

#endif
