/* SPDX-License-Identifier: Apache-2.0 */
/* Reads JSON and writes its canonical form as it goes; an object's members are put in order when it ends. */
#include "content/json.h"

#include <stdlib.h>
#include <string.h>

#include "content/json_number.h"
#include "content/json_string.h"
#include "unicode/utf8.h"

/* A member of an object that has not ended. */
struct member {
    const struct iscc_bytes *keys; /* where the keys are */
    size_t key;                    /* the offset of its key, decoded */
    size_t key_size;
    size_t begin; /* where the member begins in the output, with its key */
    size_t end;
};

struct parser {
    const uint8_t *text;
    size_t size;
    size_t offset;
    unsigned depth;
    iscc_status status;
    struct iscc_bytes *out;
    struct iscc_bytes keys; /* of all objects that have not ended */
    struct member *members; /* likewise */
    size_t count;
    size_t capacity;
    bool has_context;
};

static bool fail(struct parser *parser, iscc_status status)
{
    parser->status = status;
    return false;
}

static bool append(struct parser *parser, const void *data, size_t size)
{
    return iscc_bytes_append(parser->out, data, size) || fail(parser, ISCC_ERROR_MEMORY);
}

/* The next character that is not white space, or 0 at the end. */
static uint8_t peek(struct parser *parser)
{
    while (parser->offset < parser->size && strchr(" \t\n\r", parser->text[parser->offset]) != NULL &&
           parser->text[parser->offset] != '\0')
        parser->offset++;
    return parser->offset < parser->size ? parser->text[parser->offset] : 0;
}

static bool skip(struct parser *parser, char character)
{
    if (peek(parser) != (uint8_t)character)
        return fail(parser, ISCC_ERROR_META);
    parser->offset++;
    return true;
}

/* Reads a string, its first quotation mark included, and appends its characters to the keys. */
static bool read_string(struct parser *parser)
{
    bool memory = false;

    if (!skip(parser, '"'))
        return false;
    const size_t length =
        iscc_json_string_read(parser->text + parser->offset, parser->size - parser->offset, &parser->keys, &memory);
    parser->offset += length;
    return length > 0 || fail(parser, memory ? ISCC_ERROR_MEMORY : ISCC_ERROR_META);
}

static bool write_string(struct parser *parser, size_t begin)
{
    return iscc_json_string_write(parser->out, parser->keys.data + begin, parser->keys.size - begin) ||
           fail(parser, ISCC_ERROR_MEMORY);
}

static bool copy_string(struct parser *parser)
{
    const size_t begin = parser->keys.size;
    const bool good = read_string(parser) && write_string(parser, begin);

    parser->keys.size = begin;
    return good;
}

static size_t count_digits(const struct parser *parser, size_t offset)
{
    size_t count = 0;

    while (offset + count < parser->size && parser->text[offset + count] >= '0' && parser->text[offset + count] <= '9')
        count++;
    return count;
}

static bool is_at(const struct parser *parser, size_t offset, const char *characters)
{
    return offset < parser->size && parser->text[offset] != '\0' && strchr(characters, parser->text[offset]) != NULL;
}

/* The offset after the number at the current one, or 0 if there is none. */
static size_t end_of_number(const struct parser *parser)
{
    size_t offset = parser->offset + is_at(parser, parser->offset, "-");
    const size_t digits = count_digits(parser, offset);

    if (digits == 0 || (digits > 1 && parser->text[offset] == '0'))
        return 0;
    offset += digits;
    if (is_at(parser, offset, ".")) {
        const size_t fraction = count_digits(parser, offset + 1);
        if (fraction == 0)
            return 0;
        offset += 1 + fraction;
    }
    if (is_at(parser, offset, "eE")) {
        offset += 1 + is_at(parser, offset + 1, "+-");
        const size_t exponent = count_digits(parser, offset);
        if (exponent == 0)
            return 0;
        offset += exponent;
    }
    return offset;
}

static bool copy_number(struct parser *parser)
{
    char number[ISCC_JSON_NUMBER_SIZE];
    const size_t end = end_of_number(parser);

    if (end == 0)
        return fail(parser, ISCC_ERROR_META);
    const char *literal = (const char *)parser->text + parser->offset;
    const size_t length = iscc_json_number(literal, end - parser->offset, number);
    parser->offset = end;
    return length > 0 ? append(parser, number, length) : fail(parser, ISCC_ERROR_META);
}

static bool copy_word(struct parser *parser, const char *word)
{
    const size_t size = strlen(word);

    if (parser->size - parser->offset < size || memcmp(parser->text + parser->offset, word, size) != 0)
        return fail(parser, ISCC_ERROR_META);
    parser->offset += size;
    return append(parser, word, size);
}

static bool copy_value(struct parser *parser);

static bool copy_array(struct parser *parser)
{
    if (!skip(parser, '[') || !append(parser, "[", 1))
        return false;
    const size_t begin = parser->out->size;
    for (bool more = peek(parser) != ']'; more; more = peek(parser) != ']' && skip(parser, ',')) {
        if (parser->out->size > begin && !append(parser, ",", 1))
            return false;
        if (!copy_value(parser))
            return false;
    }
    return parser->status == ISCC_OK && skip(parser, ']') && append(parser, "]", 1);
}

/* By their keys, and those with the same key in the order of the text. */
static int compare_members(const void *left, const void *right)
{
    const struct member *a = left;
    const struct member *b = right;
    const int order =
        iscc_json_string_compare(a->keys->data + a->key, a->key_size, b->keys->data + b->key, b->key_size);
    return order != 0 ? order : (a->begin > b->begin) - (a->begin < b->begin);
}

static bool same_key(const struct member *a, const struct member *b)
{
    return a->key_size == b->key_size && memcmp(a->keys->data + a->key, b->keys->data + b->key, a->key_size) == 0;
}

/* Writes the members from number `first` on, which follow offset `begin` in the output, in the order of their keys,
 * with commas between them. Of those with the same key the last one counts. */
static bool sort_members(struct parser *parser, size_t first, size_t begin)
{
    const size_t count = parser->count - first;
    const size_t size = parser->out->size - begin;
    bool good = true;

    if (count < 2)
        return true;
    struct member *members = parser->members + first;
    uint8_t *copy = malloc(size);
    if (copy == NULL)
        return fail(parser, ISCC_ERROR_MEMORY);
    memcpy(copy, parser->out->data + begin, size);
    qsort(members, count, sizeof *members, compare_members);
    parser->out->size = begin;
    for (size_t i = 0; i < count && good; i++) {
        if (i + 1 < count && same_key(&members[i], &members[i + 1]))
            continue;
        if (parser->out->size > begin)
            good = append(parser, ",", 1);
        good = good && append(parser, copy + (members[i].begin - begin), members[i].end - members[i].begin);
    }
    free(copy);
    return good;
}

static bool copy_member(struct parser *parser)
{
    const size_t key = parser->keys.size;
    const size_t begin = parser->out->size;

    if (!read_string(parser) || !write_string(parser, key))
        return false;
    const size_t key_size = parser->keys.size - key;
    if (parser->depth == 1 && key_size == 8 && memcmp(parser->keys.data + key, "@context", 8) == 0)
        parser->has_context = true;
    if (!skip(parser, ':') || !append(parser, ":", 1) || !copy_value(parser))
        return false;
    struct member *grown = iscc_grow(parser->members, &parser->capacity, parser->count + 1, sizeof *parser->members);
    if (grown == NULL)
        return fail(parser, ISCC_ERROR_MEMORY);
    parser->members = grown;
    grown[parser->count++] = (struct member){&parser->keys, key, key_size, begin, parser->out->size};
    return true;
}

static bool copy_object(struct parser *parser)
{
    const size_t keys = parser->keys.size;
    const size_t first = parser->count;

    if (!skip(parser, '{') || !append(parser, "{", 1))
        return false;
    const size_t begin = parser->out->size;
    for (bool more = peek(parser) != '}'; more; more = peek(parser) != '}' && skip(parser, ','))
        if (!copy_member(parser))
            return false;
    if (parser->status != ISCC_OK || !sort_members(parser, first, begin))
        return false;
    parser->count = first;
    parser->keys.size = keys;
    return skip(parser, '}') && append(parser, "}", 1);
}

static bool copy_value(struct parser *parser)
{
    bool good;

    if (++parser->depth > ISCC_JSON_DEPTH)
        return fail(parser, ISCC_ERROR_META);
    switch (peek(parser)) {
    case '{':
        good = copy_object(parser);
        break;
    case '[':
        good = copy_array(parser);
        break;
    case '"':
        good = copy_string(parser);
        break;
    case 't':
        good = copy_word(parser, "true");
        break;
    case 'f':
        good = copy_word(parser, "false");
        break;
    case 'n':
        good = copy_word(parser, "null");
        break;
    default:
        good = copy_number(parser);
    }
    parser->depth--;
    return good;
}

iscc_status iscc_json_canonicalize(const char *text, size_t size, struct iscc_bytes *out, bool *has_context)
{
    struct parser parser = {.text = (const uint8_t *)text, .size = size, .out = out};

    if (iscc_utf8_check(text, size) < size)
        return ISCC_ERROR_UTF8;
    if (peek(&parser) != '{')
        return ISCC_ERROR_META;
    /* So that no key begins at a null pointer. */
    if (!iscc_bytes_append(&parser.keys, "", 1))
        return ISCC_ERROR_MEMORY;
    if (copy_value(&parser)) {
        peek(&parser);
        parser.status = parser.offset < size ? ISCC_ERROR_META : ISCC_OK;
    }
    free(parser.keys.data);
    free(parser.members);
    *has_context = parser.has_context;
    return parser.status;
}
