/* SPDX-License-Identifier: Apache-2.0 */
/* What cJSON lacks: exact integers, and the reason why parsing failed (syntax, size, or no memory). */
#ifndef JSON_LIMITS_H
#define JSON_LIMITS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads an integer member of the object that was parsed from `text`, exactly. Returns false unless it is an integer
 * from 0 to UINT64_MAX. */
bool json_integer_read(const cJSON *object, const char *text, const char *member, uint64_t *value);

/* Makes cJSON allocate through this file. No other thread may use cJSON during the call. */
void json_memory_install(void);

/* Limits the memory that cJSON allocates on this thread from now on to `most` bytes in all, freed or not. */
void json_memory_limit(size_t most);

/* Lifts the limit. Returns whether the system ran out of memory below it. */
bool json_memory_unlimit(void);

#endif
