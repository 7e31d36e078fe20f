/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 4648 base64 with padding. */
#ifndef BASE64_H
#define BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* Returns the encoded text, which the caller frees, or NULL if memory is short. */
char *base64_encode(const char *bytes, size_t size);

/* Decodes `text` in place, terminates the result with a NUL and stores its length in `size`. Returns false, with `text`
 * clobbered, unless it is well-formed base64 with padding; blanks are not allowed. */
bool base64_decode(char *text, size_t *size);

#endif
