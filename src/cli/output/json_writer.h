/* SPDX-License-Identifier: Apache-2.0 */
/* What all JSON Lines have in common: types, exact names, exact integers, one object a line. */
#ifndef JSON_WRITER_H
#define JSON_WRITER_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "output/output.h"

/* An object of a type, which is its first member. NULL if memory is short. */
cJSON *json_object(const char *type);

/* Adds `size` bytes as a string. Where they are not UTF-8, or hold NUL, it has U+FFFD for each such byte, and a second
 * member, `member` followed by "_b64", has the exact bytes in base64. False if memory is short. */
bool json_add_name(cJSON *object, const char *member, const char *bytes, size_t size);

/* Adds an integer with all of its digits. False if memory is short. */
bool json_add_integer(cJSON *object, const char *member, uint64_t value);

/* The same of one that may be negative. */
bool json_add_signed(cJSON *object, const char *member, int64_t value);

/* Adds what went wrong: "error", in words, and "code", for scripts. False if memory is short. */
bool json_add_error(cJSON *object, const char *reason, const char *code);

/* The same of a failure (failure.h). */
bool json_add_failure(cJSON *object, int failure);

/* Writes the object as one line and deletes it. Where it is not `complete`, for want of memory, its line is missing: a
 * message about `name`, which may be NULL, says so. */
void json_write(struct output *output, cJSON *object, bool complete, char terminator, const char *name);

#endif
