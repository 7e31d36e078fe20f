/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The golden vectors of tests/data/iso.jsonl: inputs and results of the functions of ISO 24138 for content, measured
 * with the reference implementation iscc-core 1.3.0. One JSON object a line:
 *
 *   id, fn     its name, and the function
 *   in, bits   the arguments, where an input may be a recipe (see iso_vectors.c)
 *   out        every field that the reference returns; or
 *   error      what is refused
 *   needs      the lowest Unicode version for which it holds; any will do where it is absent
 */
#ifndef ISO_VECTORS_H
#define ISO_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

struct iso_vector {
    const cJSON *json;
    const char *id;
    unsigned bits;
};

/* Calls `check` for each vector of a function. There must be `count` of them, so that none is lost unnoticed. */
void iso_vectors_each(const char *function, size_t count, void (*check)(const struct iso_vector *vector));

/* A member of `in`, or NULL; a member of `out`, or NULL where the result is an error. */
const cJSON *iso_input(const struct iso_vector *vector, const char *name);
const cJSON *iso_output(const struct iso_vector *vector, const char *name);

/* Whether the vector is an error of this kind. */
bool iso_is_error(const struct iso_vector *vector, const char *kind);

/* Fails the test unless the member of `out` is this text; a text that is NULL must not be there. */
void iso_check_text(const struct iso_vector *vector, const char *name, const char *text, size_t size);

/* The inputs, expanded, in memory of exactly their size, to be freed. */
uint8_t *iso_bytes(const cJSON *recipe, size_t *size);                            /* text, or pixels */
int32_t *iso_features(const cJSON *recipe, size_t *count);                        /* of an audio fingerprint */
int32_t *iso_frames(const cJSON *recipe, size_t width, size_t *count, bool *fit); /* whether each has `width` values */

#endif
