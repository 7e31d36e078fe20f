/* SPDX-License-Identifier: Apache-2.0 */
/* Makes bytes of unknown origin safe to show. */
#ifndef SANITIZE_H
#define SANITIZE_H

#include <stddef.h>

/* Length of the valid UTF-8 sequence (RFC 3629) at `text`, of which `size` bytes can be read: 1 to 4, or 0 where it is
 * none. */
size_t utf8_length(const char *text, size_t size);

/* Room for the masked form of `size` bytes, terminating NUL included. */
#define MASK_SIZE(size) (4 * (size) + 1)

/* The most bytes of a piece. */
#define MASK_PIECE 256

/* How many of `size` bytes, 1 to MASK_PIECE, can be masked by themselves: up to the end of a sequence, as near to
 * MASK_PIECE as may be. `size` is not 0. */
size_t sanitize_piece(const char *text, size_t size);

/* Copies with every byte of a control character (C0, DEL, C1, of lines and writing direction) or of bad UTF-8 written
 * as \ooo; `keep` holds control bytes to let through. NUL-terminates and returns the length. */
size_t sanitize_copy(char *out, const char *text, size_t size, const char *keep);

#endif
