/* SPDX-License-Identifier: Apache-2.0 */
/* What a function of ISO 24138 returns: its fields, with the standard's names. */
#ifndef GENERATED_H
#define GENERATED_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A text, several texts, or a number. */
struct generated_field {
    const char *name;
    const char *text;         /* or NULL */
    const char *const *texts; /* or NULL; not owned */
    uint64_t number;          /* how many texts, or the value */
};

enum { GENERATED_FIELDS = 5 };

/* Initialize to zeros and free in the end. It must not be copied, as its fields point into it. */
struct generated {
    struct generated_field fields[GENERATED_FIELDS]; /* the first one is the code */
    size_t count;
    char iscc[ISCC_CODE_SIZE];
    char datahash[ISCC_DATAHASH_SIZE];
    struct iscc_meta_code meta;
    char *url; /* owned */
};

/* Each computes the code of `bits` bits and sets the fields. The errors are those of the library. */

iscc_status generate_text(struct generated *result, const iscc_text_hasher *hasher, unsigned bits);
iscc_status generate_data(struct generated *result, const iscc_data_hasher *hasher, unsigned bits);
iscc_status generate_instance(struct generated *result, const iscc_instance_hasher *hasher, unsigned bits);

/* What a Meta-Code is computed of. `meta` is a Data-URL, or a JSON object if `is_json`; what is missing is NULL. */
struct generate_meta_input {
    const char *name;
    const char *description;
    const char *meta;
    bool is_json;
};
iscc_status generate_meta(struct generated *result, const struct generate_meta_input *input, unsigned bits);

iscc_status generate_image(struct generated *result, const uint8_t pixels[1024], unsigned bits);
iscc_status generate_audio(struct generated *result, const int32_t *features, size_t count, unsigned bits);
iscc_status generate_video(struct generated *result, const int32_t *frames, size_t count, unsigned bits);

/* The codes must outlive the result. */
iscc_status generate_mixed(struct generated *result, const char *const codes[], size_t count, unsigned bits);

/* An ISCC-CODE has the bits that its units give it. */
iscc_status generate_iscc(struct generated *result, const char *const codes[], size_t count);

void generated_free(struct generated *result);

#endif
