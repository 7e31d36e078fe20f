/* SPDX-License-Identifier: Apache-2.0 */
/* Makes untrusted bytes safe to print. */
#ifndef SANITIZE_H
#define SANITIZE_H

#include <stdbool.h>
#include <stddef.h>

enum { UTF8_MAX = 4 };

/* The length, 1 to UTF8_MAX, of the valid UTF-8 sequence (RFC 3629) at the start of `text`, or 0 if it is not valid. At
 * most `size` bytes are read, and none after a NUL. */
size_t utf8_length(const char *text, size_t size);

/* Whether a valid UTF-8 sequence of this length is a control character: C0, DEL, C1, a line separator or a
 * bidirectional control. None of them is longer than three bytes. */
bool utf8_is_control(const char *text, size_t length);

/* Bytes needed for the escaped form of `size` bytes, including the terminating NUL. */
#define SANITIZED_SIZE(size) (4 * (size) + 1)

/* The maximum size of a chunk, in bytes. */
#define SANITIZE_CHUNK 256

/* How many bytes of `text` to pass to sanitize_copy() next when escaping it in chunks: as many as possible up to
 * SANITIZE_CHUNK without splitting a UTF-8 sequence. `size` must not be 0. */
size_t sanitize_chunk(const char *text, size_t size);

/* Copies `text` to `out`, writing every byte of a control character and of invalid UTF-8 as \ooo. Control bytes in
 * `keep` are copied as they are. Terminates `out` with a NUL and returns its length. */
size_t sanitize_copy(char *out, const char *text, size_t size, const char *keep);

#endif
