/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a text as a code, or says in words why it is none. */
#ifndef CODE_READER_H
#define CODE_READER_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>

struct code_error {
    iscc_status status;
    size_t position; /* offset in the text, as iscc_decode gives it */
    size_t expected; /* how many base32 characters the header asks for; 0 where that is not what is wrong */
    char reason[160];
};

/* Takes a text of `size` bytes apart, which is followed by a NUL and may hold others. `error` is written on failure
 * only. */
bool code_read(const char *text, size_t size, struct iscc_decoded *decoded, struct code_error *error);

/* A word for scripts, "code" in JSON. */
const char *code_error_word(const struct code_error *error);

#endif
