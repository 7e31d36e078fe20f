/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the text of an object as its members come. */
#include "output/json_writer.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/array.h"
#include "util/base64.h"
#include "util/failure.h"
#include "util/message.h"
#include "util/sanitize.h"

#define REPLACEMENT_CHARACTER "\xef\xbf\xbd" /* U+FFFD */

static void grow(struct json_writer *json, size_t needed)
{
    enum { FIRST_CAPACITY = 512 }; /* enough for most objects */
    char *grown = array_grow(json->text, &json->capacity, needed < FIRST_CAPACITY ? FIRST_CAPACITY : needed, 1);

    json->failed = grown == NULL;
    if (grown != NULL)
        json->text = grown;
}

/* Returns whether so many bytes can be appended. */
static bool reserve(struct json_writer *json, size_t size)
{
    if (size > json->capacity - json->size && !json->failed)
        grow(json, json->size + size);
    return !json->failed;
}

static void append(struct json_writer *json, const char *bytes, size_t size)
{
    if (!reserve(json, size))
        return;
    memcpy(json->text + json->size, bytes, size);
    json->size += size;
}

static void append_byte(struct json_writer *json, char byte)
{
    if (reserve(json, 1))
        json->text[json->size++] = byte;
}

static void append_string(struct json_writer *json, const char *text)
{
    append(json, text, strlen(text));
}

/* ---- Strings ---- */

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

/* Appends a character that JSON cannot hold as it is, or that a terminal must not get: DEL, C1, line separators and
 * bidirectional controls, so that an object is the same on a terminal as in a file. */
static void append_escape(struct json_writer *json, unsigned character)
{
    static const char escaped[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    char escape[sizeof "\\u0000"];
    const char *found = character == 0 || character >= 0x80 ? NULL : strchr(escaped, (int)character);

    if (found != NULL)
        snprintf(escape, sizeof escape, "\\%c", letters[found - escaped]);
    else
        snprintf(escape, sizeof escape, "\\u%04x", character & 0xffffu);
    append_string(json, escape);
}

/* Appends the character at `text`; U+FFFD, without `exact`, for NUL and for a byte that is not UTF-8. Returns its
 * length. */
static size_t append_character(struct json_writer *json, const char *text, size_t size, bool *exact)
{
    const size_t length = utf8_length(text, size);

    if (length == 0 || *text == '\0') {
        append_string(json, REPLACEMENT_CHARACTER);
        *exact = false;
        return 1;
    }
    if (length == 1 || utf8_is_control(text, length))
        append_escape(json, code_point(text, length));
    else
        append(json, text, length);
    return length;
}

static bool is_plain(char byte)
{
    return byte >= ' ' && byte < 0x7f && byte != '"' && byte != '\\';
}

/* The same of eight bytes at once. A byte of a difference has its high bit set if it is negative; the borrow can set
 * that of the next byte wrongly, but then the answer is known. */
static bool are_plain(const char *bytes)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return ((word | (word - ' ' * each) | ((word ^ '"' * each) - each) | ((word ^ '\\' * each) - each) |
             ((word ^ 0x7f * each) - each)) &
            0x80 * each) == 0;
}

static size_t count_plain(const char *bytes, size_t size)
{
    size_t count = 0;

    while (size - count >= sizeof(uint64_t) && are_plain(bytes + count))
        count += sizeof(uint64_t);
    while (count < size && is_plain(bytes[count]))
        count++;
    return count;
}

/* Returns whether the bytes are UTF-8 without NUL. */
static bool append_quoted(struct json_writer *json, const char *bytes, size_t size)
{
    bool exact = true;

    append_byte(json, '"');
    while (size > 0) {
        size_t length = count_plain(bytes, size);
        if (length > 0)
            append(json, bytes, length);
        else
            length = append_character(json, bytes, size, &exact);
        bytes += length;
        size -= length;
    }
    append_byte(json, '"');
    return exact;
}

/* ---- Members ---- */

/* Appends what comes before a value. Only an object or array without values ends with its own start. */
static void begin_value(struct json_writer *json, const char *member)
{
    const char last = json->size > 0 ? json->text[json->size - 1] : '{';
    const size_t size = member == NULL ? 0 : strlen(member);

    if (!reserve(json, size + sizeof ",\"\":"))
        return;
    if (last != '{' && last != '[')
        json->text[json->size++] = ',';
    if (member != NULL) {
        json->text[json->size++] = '"';
        append(json, member, size);
        json->text[json->size++] = '"';
        json->text[json->size++] = ':';
    }
}

static void add_raw(struct json_writer *json, const char *member, const char *text)
{
    begin_value(json, member);
    append_string(json, text);
}

struct json_writer json_begin(const char *type)
{
    struct json_writer json = {.ends = "}"};

    append_byte(&json, '{');
    json_string(&json, "type", type);
    return json;
}

static void open_value(struct json_writer *json, const char *member, const char *start, char end)
{
    add_raw(json, member, start);
    assert(json->depth + 1 < JSON_DEPTH);
    json->ends[++json->depth] = end;
}

void json_open_object(struct json_writer *json, const char *member)
{
    open_value(json, member, "{", '}');
}

void json_open_array(struct json_writer *json, const char *member)
{
    open_value(json, member, "[", ']');
}

void json_close(struct json_writer *json)
{
    append_byte(json, json->ends[json->depth--]);
}

/* Without memory for the text there is none. */
void json_string(struct json_writer *json, const char *member, const char *text)
{
    begin_value(json, member);
    json->failed = json->failed || text == NULL;
    if (text != NULL)
        append_quoted(json, text, strlen(text));
}

void json_code(struct json_writer *json, const char *member, const char *code)
{
    begin_value(json, member);
    append_byte(json, '"');
    append_string(json, code);
    append_byte(json, '"');
}

/* Enough for every member that json_name adds, including "_b64" and NUL. */
#define MEMBER_SIZE 32

void json_name(struct json_writer *json, const char *member, const char *bytes, size_t size)
{
    char exact_member[MEMBER_SIZE];

    begin_value(json, member);
    if (append_quoted(json, bytes, size))
        return;
    snprintf(exact_member, sizeof exact_member, "%s_b64", member);
    char *encoded = base64_encode(bytes, size);
    json_string(json, exact_member, encoded);
    free(encoded);
}

/* A line may have five of these, which snprintf() would make a seventh of a run that reads nothing. Two digits at a
 * time need half the divisions, of which each waits for the one before. */
static void append_digits(struct json_writer *json, uint64_t value)
{
    char digits[20];
    size_t first = sizeof digits;

    for (; value >= 100; value /= 100) {
        const unsigned pair = (unsigned)(value % 100);
        digits[--first] = (char)('0' + pair % 10);
        digits[--first] = (char)('0' + pair / 10);
    }
    do
        digits[--first] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    append(json, digits + first, sizeof digits - first);
}

void json_integer(struct json_writer *json, const char *member, uint64_t value)
{
    begin_value(json, member);
    append_digits(json, value);
}

void json_signed(struct json_writer *json, const char *member, int64_t value)
{
    begin_value(json, member);
    if (value < 0)
        append_byte(json, '-');
    append_digits(json, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

/* With as many digits as a double holds for certain. */
void json_number(struct json_writer *json, const char *member, double value)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%1.15g", value);
    add_raw(json, member, isfinite(value) ? digits : "null");
}

void json_bool(struct json_writer *json, const char *member, bool value)
{
    add_raw(json, member, value ? "true" : "false");
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

void json_end(struct json_writer *json, struct output *output, const char *name)
{
    json_close(json);
    if (json->failed) {
        message_error(name, strerror(ENOMEM));
    } else {
        output_write(output, json->text, json->size);
        output_end_line(output);
    }
    free(json->text);
    json->text = NULL;
}
