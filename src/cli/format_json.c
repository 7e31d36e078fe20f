/* SPDX-License-Identifier: Apache-2.0 */
/* JSON Lines: one object for each result; docs/json.md describes the members. */
#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "format.h"
#include "mask.h"
#include "message.h"

#define REPLACEMENT_CHARACTER "\xef\xbf\xbd" /* U+FFFD */

/* A copy with U+FFFD for each byte that is not UTF-8, or NULL where memory is short; `exact` tells whether nothing was
 * replaced. */
static char *make_utf8(const char *text, size_t size, bool *exact)
{
    char *copy = malloc(3 * size + 1);
    char *out = copy;

    *exact = true;
    while (copy != NULL && size > 0) {
        size_t length = utf8_length(text, size);
        if (length > 0) {
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

/* RFC 4648 base64 with padding; NULL where memory is short. */
static char *make_base64(const char *text, size_t size)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *encoded = malloc((size + 2) / 3 * 4 + 1);
    char *out = encoded;

    for (size_t i = 0; encoded != NULL && i < size; i += 3) {
        uint32_t group = 0;
        for (size_t j = 0; j < 3; j++)
            group = group << 8 | (i + j < size ? (unsigned char)text[i + j] : 0u);
        for (size_t j = 0; j < 4; j++)
            *out++ = i + j <= size ? alphabet[group >> (18 - 6 * j) & 63u] : '=';
    }
    if (encoded != NULL)
        *out = '\0';
    return encoded;
}

static bool add_path(cJSON *object, const struct job *job)
{
    bool exact;
    char *encoded = NULL;
    bool added = false;

    char *path = make_utf8(job->path, job->path_size, &exact);
    if (path == NULL || cJSON_AddStringToObject(object, "path", path) == NULL)
        goto out;
    if (!exact) {
        encoded = make_base64(job->path, job->path_size);
        if (encoded == NULL || cJSON_AddStringToObject(object, "path_b64", encoded) == NULL)
            goto out;
    }
    added = true;
out:
    free(path);
    free(encoded);
    return added;
}

/* cJSON keeps numbers as double, which is exact only below 2^53: the digits go in as they are. */
static bool add_integer(cJSON *object, const char *name, uint64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, value);
    return cJSON_AddRawToObject(object, name, digits) != NULL;
}

static bool add_code(cJSON *object, const struct format *format, const struct iscc_sum_code *code)
{
    if (cJSON_AddStringToObject(object, "iscc", code->iscc) == NULL ||
        cJSON_AddStringToObject(object, "datahash", code->datahash) == NULL ||
        !add_integer(object, "filesize", code->filesize))
        return false;
    if (!format->units)
        return true;
    const char *const units[] = {code->data_code, code->instance_code};
    cJSON *array = cJSON_CreateStringArray(units, 2);
    if (cJSON_AddItemToObject(object, "units", array))
        return true;
    cJSON_Delete(array);
    return false;
}

static bool add_failure(cJSON *object, int failure)
{
    return cJSON_AddStringToObject(object, "error", failure_text(failure)) != NULL &&
           cJSON_AddStringToObject(object, "code", failure_code(failure)) != NULL;
}

static const char *type_of(const struct job *job)
{
    if (job->failure != 0)
        return "error";
    return job->kind == JOB_TREE ? "tree" : "file";
}

/* One line; what cannot be put together for want of memory is an error, as the line is missing then. */
static void write_object(struct output *output, const struct format *format, const struct job *job, bool with_code)
{
    char *text = NULL;
    cJSON *object = cJSON_CreateObject();
    bool made =
        object != NULL && cJSON_AddStringToObject(object, "type", type_of(job)) != NULL && add_path(object, job);

    if (made && job->failure != 0)
        made = add_failure(object, job->failure);
    else if (made && with_code)
        made = add_code(object, format, &job->code);
    if (made)
        text = cJSON_PrintUnformatted(object);
    if (text != NULL) {
        output_string(output, text);
        output_write(output, format->zero ? "" : "\n", 1);
    } else {
        message_error(job->path, strerror(ENOMEM));
    }
    cJSON_free(text);
    cJSON_Delete(object);
}

void format_json_result(struct output *output, const struct format *format, const struct job *job)
{
    write_object(output, format, job, true);
}

void format_json_name(struct output *output, const struct format *format, const struct job *job)
{
    write_object(output, format, job, false);
}
