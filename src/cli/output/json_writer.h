/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes JSON Lines, one object a line. From json_begin to json_end a writer is a list of members: what fails for lack
 * of memory is remembered, and json_end reports it.
 */
#ifndef JSON_WRITER_H
#define JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "output/output.h"

enum { JSON_DEPTH = 4 }; /* the most that are open at once: a group, its members, one of them, that one's units */

struct json_writer {
    struct cJSON *open[JSON_DEPTH]; /* the outermost object first */
    size_t depth;                   /* of the one that members go to */
    bool failed;
};

/* Begins an object whose first member is its type. */
struct json_writer json_begin(const char *type);

/* Begins a member that is an object or an array, to which everything goes up to json_close. Here and below, `member` is
 * NULL for an element of an array. */
void json_open_object(struct json_writer *json, const char *member);
void json_open_array(struct json_writer *json, const char *member);
void json_close(struct json_writer *json);

/* Text that is UTF-8. */
void json_string(struct json_writer *json, const char *member, const char *text);

/* `size` bytes as a string. Where they are not UTF-8, or hold NUL, it has U+FFFD for each such byte, and a second
 * member, `member` followed by "_b64", has the exact bytes in base64. */
void json_name(struct json_writer *json, const char *member, const char *bytes, size_t size);

/* Integers with all of their digits. */
void json_integer(struct json_writer *json, const char *member, uint64_t value);
void json_signed(struct json_writer *json, const char *member, int64_t value);

void json_number(struct json_writer *json, const char *member, double value);
void json_bool(struct json_writer *json, const char *member, bool value);

/* What went wrong: "error", in words, and "code", for scripts. */
void json_error(struct json_writer *json, const char *reason, const char *code);

/* The same of a failure (failure.h). */
void json_failure(struct json_writer *json, int failure);

/* Writes the line and frees the object. Where memory was short the line is missing, and an error message about `name`,
 * which may be NULL, says so. */
void json_end(struct json_writer *json, struct output *output, const char *name);

#endif
