/* SPDX-License-Identifier: Apache-2.0 */
/* A code of each valid header with a random digest, for the tests that go through all of them. */
#ifndef ALL_CODES_H
#define ALL_CODES_H

#include <iscc/iscc.h>
#include <stddef.h>
#include <stdint.h>

#define VALID_HEADERS 165

/* The codes and their canonical texts. */
extern struct iscc_decoded all_decoded[VALID_HEADERS];
extern char all_codes[VALID_HEADERS][ISCC_CODE_SIZE];

/* A cmocka set-up function that makes them. Fails if the number of valid headers is wrong. */
int all_codes_make(void **state);

void assert_same_decoded(const struct iscc_decoded *a, const struct iscc_decoded *b);

/* Decodes a copy that ends where its memory ends, so that a sanitizer detects a read past the end. Asserts that nothing
 * but the position is written on an error, and that it is written on an error only. */
iscc_status decode_copy(const char *text, size_t size, struct iscc_decoded *decoded, size_t *position);

#endif
