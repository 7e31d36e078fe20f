/* SPDX-License-Identifier: Apache-2.0 */
/* Computes codes of what a file holds. */
#ifndef GENERATE_FILE_H
#define GENERATE_FILE_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "generate/generated.h"

/* The functions of the standard, gen_KIND_code_v0. */
enum generate_kind {
    GENERATE_TEXT,
    GENERATE_META,
    GENERATE_IMAGE,
    GENERATE_AUDIO,
    GENERATE_VIDEO,
    GENERATE_MIXED,
    GENERATE_DATA,
    GENERATE_INSTANCE,
    GENERATE_ISCC,
    GENERATE_KINDS
};

/* The words for these, in this order, separated by blanks. */
#define GENERATE_WORDS "text meta image audio video mixed data instance iscc"

/* Returns the kind that a word of `size` bytes names, or GENERATE_KINDS. */
enum generate_kind generate_kind_of(const char *word, size_t size);

/* Why there is no result. */
struct generate_error {
    const char *reason; /* in words */
    const char *code;   /* for scripts: as of a failure (failure.h) */
};

/* Reads a file, `-` for standard input, and computes its code. Not for codes of codes. Returns false with the reason.
 */
bool generate_file(enum generate_kind kind, const char *path, unsigned bits, struct generated *result,
                   struct generate_error *error);

/* Reads a file of JSON. Returns NULL with the reason. */
cJSON *generate_read_json(const char *path, struct generate_error *error);

#endif
