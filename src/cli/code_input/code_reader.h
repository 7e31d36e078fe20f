/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a text as a code, or says in words why it is not one. */
#ifndef CODE_READER_H
#define CODE_READER_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>

struct code_error {
    iscc_status status;
    size_t position; /* offset in the text, as iscc_decode gives it */
    size_t expected; /* how many base32 characters the header asks for; 0 if the length is not the error */
    char reason[160];
};

/* Decodes a text of `size` bytes, which must be NUL-terminated and may contain other NULs. Sets `error` on failure
 * only. */
bool code_read(const char *text, size_t size, struct iscc_decoded *decoded, struct code_error *error);

/* A word for scripts: the member "code" in JSON. */
const char *code_error_word(const struct code_error *error);

#endif
