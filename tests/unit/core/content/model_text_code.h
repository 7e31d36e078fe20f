/* SPDX-License-Identifier: Apache-2.0 */
/* The Text-Code step by step as ISO 24138 describes it. */
#ifndef MODEL_TEXT_CODE_H
#define MODEL_TEXT_CODE_H

#include <stddef.h>
#include <stdint.h>

/* The 256 bits of a text that is UTF-8, and the number of characters that it collapses to. */
void model_text_digest(const char *text, size_t size, uint8_t digest[32], uint64_t *characters);

#endif
