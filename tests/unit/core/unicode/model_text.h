/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of ISO 24138 for texts, one step after the other as the standard has them, with utf8proc. */
#ifndef MODEL_TEXT_H
#define MODEL_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether utf8proc has the version of Unicode of the library, without which they cannot be compared. */
bool model_has_version(void);

/* Whether the functions below are right for a text: utf8proc composes a syllable with U+11A7, the number before those
 * of the trailing consonants, which is none (utf8proc 2.8). */
bool model_is_right(const char *text, size_t size);

/* Writes a character as UTF-8, and returns its length. */
size_t model_put(char *out, uint32_t character);

/* The result of text_collapse or text_clean for a text that is UTF-8, to be freed. */
char *model_collapse(const char *text, size_t size, size_t *length);
char *model_clean(const char *text, size_t size, size_t *length);

#endif
