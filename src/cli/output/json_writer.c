/* SPDX-License-Identifier: Apache-2.0 */
/* Names, integers and lines of JSON, which cJSON alone would not keep exact. */
#include "output/json_writer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/base64.h"
#include "util/failure.h"
#include "util/message.h"
#include "util/sanitize.h"

#define REPLACEMENT_CHARACTER "\xef\xbf\xbd" /* U+FFFD */

cJSON *json_object(const char *type)
{
    cJSON *object = cJSON_CreateObject();

    if (object == NULL || cJSON_AddStringToObject(object, "type", type) != NULL)
        return object;
    cJSON_Delete(object);
    return NULL;
}

/* A copy with U+FFFD for each byte that is not UTF-8, and for NUL, which cJSON's strings cannot hold; or NULL where
 * memory is short. `exact` tells whether nothing was replaced. */
static char *make_utf8(const char *text, size_t size, bool *exact)
{
    char *copy = malloc(3 * size + 1);
    char *out = copy;

    *exact = true;
    while (copy != NULL && size > 0) {
        size_t length = utf8_length(text, size);
        if (length > 0 && *text != '\0') {
            memcpy(out, text, length);
            out += length;
        } else {
            memcpy(out, REPLACEMENT_CHARACTER, 3);
            out += 3;
            length = 1;
            *exact = false;
        }
        text += length;
        size -= length;
    }
    if (copy != NULL)
        *out = '\0';
    return copy;
}

/* The longest member that json_add_name is given, "_b64" and NUL included. */
#define MEMBER_SIZE 32

bool json_add_name(cJSON *object, const char *member, const char *bytes, size_t size)
{
    char exact_member[MEMBER_SIZE];
    bool exact;
    char *encoded = NULL;
    bool added = false;

    char *text = make_utf8(bytes, size, &exact);
    if (text == NULL || cJSON_AddStringToObject(object, member, text) == NULL)
        goto out;
    if (!exact) {
        snprintf(exact_member, sizeof exact_member, "%s_b64", member);
        encoded = base64_encode(bytes, size);
        if (encoded == NULL || cJSON_AddStringToObject(object, exact_member, encoded) == NULL)
            goto out;
    }
    added = true;
out:
    free(text);
    free(encoded);
    return added;
}

/* cJSON keeps numbers as double, which is exact only below 2^53: the digits go in as they are. */
bool json_add_integer(cJSON *object, const char *member, uint64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, value);
    return cJSON_AddRawToObject(object, member, digits) != NULL;
}

bool json_add_signed(cJSON *object, const char *member, int64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, value);
    return cJSON_AddRawToObject(object, member, digits) != NULL;
}

bool json_add_error(cJSON *object, const char *reason, const char *code)
{
    return cJSON_AddStringToObject(object, "error", reason) != NULL &&
           cJSON_AddStringToObject(object, "code", code) != NULL;
}

bool json_add_failure(cJSON *object, int failure)
{
    return json_add_error(object, failure_text(failure), failure_code(failure));
}

void json_write(struct output *output, cJSON *object, bool complete, char terminator, const char *name)
{
    char *text = complete ? cJSON_PrintUnformatted(object) : NULL;

    if (text != NULL) {
        output_string(output, text);
        output_write(output, &terminator, 1);
    } else {
        message_error(name, strerror(ENOMEM));
    }
    cJSON_free(text);
    cJSON_Delete(object);
}
