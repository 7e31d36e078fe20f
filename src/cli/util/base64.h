/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 4648 base64 with padding. */
#ifndef BASE64_H
#define BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* The encoded text, which the caller frees; NULL if memory is short. */
char *base64_encode(const char *bytes, size_t size);

/* Decodes in place and terminates the bytes with a NUL; `size` becomes their number. False, with the text destroyed,
 * for anything that is not base64 with its padding, blanks included. */
bool base64_decode(char *text, size_t *size);

#endif
