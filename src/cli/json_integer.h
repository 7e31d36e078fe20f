/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers of JSON that a double would round. */
#ifndef JSON_INTEGER_H
#define JSON_INTEGER_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

/* Reads a member of the object that was parsed from `text`, to the last digit. False where it is no whole number from 0
 * up to what 64 bits hold. */
bool json_integer_read(const cJSON *object, const char *text, const char *member, uint64_t *value);

#endif
