/* SPDX-License-Identifier: Apache-2.0 */
/* Writes JSON Lines with cJSON, but keeps names and integers exact, which cJSON alone would not. */
#include "output/json_writer.h"

#include <cjson/cJSON.h>
#include <assert.h>
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

/* Adds an item as a member, or as an element if `member` is NULL. Deletes it on failure. */
static void add(struct json_writer *json, const char *member, cJSON *item)
{
    cJSON *parent = json->open[json->depth];

    if (!json->failed &&
        (member == NULL ? cJSON_AddItemToArray(parent, item) : cJSON_AddItemToObject(parent, member, item)))
        return;
    json->failed = true;
    cJSON_Delete(item);
}

struct json_writer json_begin(const char *type)
{
    cJSON *object = cJSON_CreateObject();
    struct json_writer json = {.open = {object}, .failed = object == NULL};

    json_string(&json, "type", type);
    return json;
}

static void open_item(struct json_writer *json, const char *member, cJSON *item)
{
    add(json, member, item);
    assert(json->depth + 1 < JSON_DEPTH);
    json->open[++json->depth] = json->failed ? NULL : item;
}

void json_open_object(struct json_writer *json, const char *member)
{
    open_item(json, member, cJSON_CreateObject());
}

void json_open_array(struct json_writer *json, const char *member)
{
    open_item(json, member, cJSON_CreateArray());
}

void json_close(struct json_writer *json)
{
    json->depth--;
}

void json_string(struct json_writer *json, const char *member, const char *text)
{
    add(json, member, cJSON_CreateString(text));
}

/* Returns a copy with U+FFFD in place of each byte that is not UTF-8, and of NUL, which cJSON strings cannot hold; NULL
 * if memory is short. Sets `exact` if nothing was replaced. */
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

/* Enough for every member that json_name adds, including "_b64" and NUL. */
#define MEMBER_SIZE 32

void json_name(struct json_writer *json, const char *member, const char *bytes, size_t size)
{
    char exact_member[MEMBER_SIZE];
    bool exact;

    char *text = make_utf8(bytes, size, &exact);
    json_string(json, member, text);
    free(text);
    if (exact)
        return;
    snprintf(exact_member, sizeof exact_member, "%s_b64", member);
    char *encoded = base64_encode(bytes, size);
    json_string(json, exact_member, encoded);
    free(encoded);
}

/* cJSON stores numbers as double, which is exact only below 2^53, so this adds the digits as raw text. */
void json_integer(struct json_writer *json, const char *member, uint64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, value);
    add(json, member, cJSON_CreateRaw(digits));
}

void json_signed(struct json_writer *json, const char *member, int64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, value);
    add(json, member, cJSON_CreateRaw(digits));
}

void json_number(struct json_writer *json, const char *member, double value)
{
    add(json, member, cJSON_CreateNumber(value));
}

void json_bool(struct json_writer *json, const char *member, bool value)
{
    add(json, member, cJSON_CreateBool(value));
}

void json_error(struct json_writer *json, const char *reason, const char *code)
{
    json_string(json, "error", reason);
    json_string(json, "code", code);
}

void json_failure(struct json_writer *json, int failure)
{
    json_error(json, failure_text(failure), failure_code(failure));
}

/* The code point of a valid UTF-8 sequence of one to three bytes. */
static unsigned code_point(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;

    if (length == 1)
        return bytes[0];
    if (length == 2)
        return (bytes[0] & 0x1fu) << 6 | (bytes[1] & 0x3fu);
    return (bytes[0] & 0x0fu) << 12 | (bytes[1] & 0x3fu) << 6 | (bytes[2] & 0x3fu);
}

/* Writes the object. JSON lets DEL, C1, line separators and bidirectional controls stand as they
 * are, and cJSON does. Escaping them keeps the object the same on a terminal, which must not get them. */
static void write_escaped(struct output *output, const char *text)
{
    char escape[sizeof "\\u0000"];
    size_t plain = 0;

    while (text[plain] != '\0') {
        if (text[plain] >= ' ' && text[plain] < 0x7f) { /* nearly always */
            plain++;
            continue;
        }
        const size_t length = utf8_length(text + plain, UTF8_MAX);
        if (length == 0 || !utf8_is_control(text + plain, length)) {
            plain += length > 0 ? length : 1;
            continue;
        }
        output_write(output, text, plain);
        snprintf(escape, sizeof escape, "\\u%04x", code_point(text + plain, length));
        output_string(output, escape);
        text += plain + length;
        plain = 0;
    }
    output_write(output, text, plain);
}

void json_end(struct json_writer *json, struct output *output, const char *name)
{
    char *text = json->failed ? NULL : cJSON_PrintUnformatted(json->open[0]);

    if (text != NULL) {
        write_escaped(output, text);
        output_end_line(output);
    } else {
        message_error(name, strerror(ENOMEM));
    }
    cJSON_free(text);
    cJSON_Delete(json->open[0]);
}
