/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes JSON Lines. json_begin starts an object, the functions after it add members, and json_end writes the line. If
 * memory is short, the writer remembers it and json_end reports it.
 */
#ifndef JSON_WRITER_H
#define JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "output/output.h"

enum { JSON_DEPTH = 8 }; /* more than any object has: a group, its members, one member, its units */

struct json_writer {
    char *text; /* so far */
    size_t size;
    size_t capacity;
    char ends[JSON_DEPTH]; /* what closes the objects and arrays that are open, the outermost first */
    size_t depth;          /* index of the innermost one */
    bool failed;
};

/* Starts an object whose first member is "type". */
struct json_writer json_begin(const char *type);

/* Adds an object or an array; what is added before the matching json_close goes into it. Here and below, `member` is
 * NULL for an element of an array. */
void json_open_object(struct json_writer *json, const char *member);
void json_open_array(struct json_writer *json, const char *member);
void json_close(struct json_writer *json);

/* Adds UTF-8 text. */
void json_string(struct json_writer *json, const char *member, const char *text);

/* Adds a code or a hash, of which no character needs an escape. */
void json_code(struct json_writer *json, const char *member, const char *code);

/* Adds `size` bytes as a string. If they are not UTF-8 or contain NUL, U+FFFD replaces each such byte, and a second
 * member, `member` followed by "_b64", holds the exact bytes in base64. */
void json_name(struct json_writer *json, const char *member, const char *bytes, size_t size);

/* Add integers exactly. */
void json_integer(struct json_writer *json, const char *member, uint64_t value);
void json_signed(struct json_writer *json, const char *member, int64_t value);

void json_number(struct json_writer *json, const char *member, double value);
void json_bool(struct json_writer *json, const char *member, bool value);

/* Adds "error", in words, and "code", for scripts. */
void json_error(struct json_writer *json, const char *reason, const char *code);

/* Adds the same members for a failure (failure.h). */
void json_failure(struct json_writer *json, int failure);

/* Writes the line and frees the object. If memory was short, prints an error message about `name`, which may be NULL,
 * instead. */
void json_end(struct json_writer *json, struct output *output, const char *name);

#endif
