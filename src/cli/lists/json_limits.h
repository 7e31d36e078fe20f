/* SPDX-License-Identifier: Apache-2.0 */
/* What cJSON does not do: keep whole numbers exact, and say why it gave up (a wrong text, a large one, no memory). */
#ifndef JSON_LIMITS_H
#define JSON_LIMITS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads a member of the object that was parsed from `text`, to the last digit. False where it is no whole number from 0
 * up to what 64 bits hold. */
bool json_integer_read(const cJSON *object, const char *text, const char *member, uint64_t *value);

/* Makes cJSON take its memory here. No other thread may use it meanwhile. */
void json_memory_install(void);

/* From here on cJSON gets no more than `most` bytes on this thread; what it gives back is not counted. */
void json_memory_limit(size_t most);

/* Ends that. Returns whether memory was short below the limit. */
bool json_memory_unlimit(void);

#endif
