/* SPDX-License-Identifier: Apache-2.0 */
/* Lets read() return bytes from memory in pieces, for targets linked with --wrap=read. */
#ifndef PIECES_H
#define PIECES_H

#include <stddef.h>

/* Returns a descriptor, always the same, whose reads return these bytes, at most `most` at once, and then the end. In
 * every other way it is /dev/null. */
int pieces_open(const void *bytes, size_t size, size_t most);

#endif
