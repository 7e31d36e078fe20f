/* SPDX-License-Identifier: Apache-2.0 */
/* Arguments of the standard's functions that are given as JSON. The functions return NULL, or why the JSON is refused.
 */
#ifndef JSON_INPUT_H
#define JSON_INPUT_H

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdint.h>

#include "generate/generated.h"

/* Which numbers a list has. */
struct json_input_numbers {
    size_t width; /* how many each element has; 1 if it is a number itself */
    int64_t least;
    int64_t most; /* what exceeds INT32_MAX is wrapped: such numbers were meant to be read as unsigned ones */
};

/* Reads the list into an array of `width` numbers for each of `count` elements, which the caller frees in any case. */
const char *json_input_numbers(const cJSON *list, const struct json_input_numbers *form, int32_t **values,
                               size_t *count);

/* Reads metadata: NULL, null, a Data-URL, or an object, which is printed to `*printed` for the caller to free. The
 * input points into both. */
const char *json_input_meta(const cJSON *meta, struct generate_meta_input *input, char **printed);

/* Reads an object with the members `name`, `description` and `meta`. */
const char *json_input_object(const cJSON *object, struct generate_meta_input *input, char **printed);

#endif
