/* SPDX-License-Identifier: Apache-2.0 */
/* Reads, writes and compares the strings of JSON. */
#include "content/json_string.h"

#include <stdio.h>
#include <string.h>

#include "unicode/utf8.h"

/* The characters with escapes of two characters, and the letters of these. */
static const char escaped[] = "\"\\/\b\f\n\r\t";
static const char letters[] = "\"\\/bfnrt";

static bool append_character(struct iscc_bytes *bytes, uint32_t character)
{
    uint8_t utf8[ISCC_UTF8_MAX];
    struct iscc_utf8_writer writer = {utf8, sizeof utf8, 0};

    iscc_utf8_write(&writer, character);
    return iscc_bytes_append(bytes, utf8, writer.length);
}

/* Four hexadecimal digits, or UINT32_MAX. */
static uint32_t read_unit(const uint8_t *text, size_t size)
{
    uint32_t unit = 0;

    if (size < 4)
        return UINT32_MAX;
    for (size_t i = 0; i < 4; i++) {
        const uint8_t digit = text[i];
        if (digit >= '0' && digit <= '9')
            unit = unit << 4 | (digit - '0');
        else if ((digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F'))
            unit = unit << 4 | ((digit & 0xfu) + 9);
        else
            return UINT32_MAX;
    }
    return unit;
}

/* Reads an escape after its backslash. Returns its length, or 0 if it is none. Half a surrogate pair is no character.
 */
static size_t read_escape(const uint8_t *text, size_t size, uint32_t *character)
{
    if (size == 0)
        return 0;
    const char *letter = memchr(letters, text[0], sizeof letters - 1);
    if (letter != NULL) {
        *character = (uint8_t)escaped[letter - letters];
        return 1;
    }
    if (text[0] != 'u')
        return 0;
    *character = read_unit(text + 1, size - 1);
    if (*character < 0xd800 || (*character > 0xdfff && *character <= 0xffff))
        return 5;
    if (*character > 0xdbff || size < 7 || text[5] != '\\' || text[6] != 'u')
        return 0;
    const uint32_t low = read_unit(text + 7, size - 7);
    if (low < 0xdc00 || low > 0xdfff)
        return 0;
    *character = 0x10000 + ((*character & 0x3ff) << 10) + (low & 0x3ff);
    return 11;
}

size_t iscc_json_string_read(const uint8_t *text, size_t size, struct iscc_bytes *string, bool *memory)
{
    size_t done = 0;

    while (done < size && text[done] >= 0x20) {
        size_t plain = done;
        while (plain < size && text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\')
            plain++;
        *memory = !iscc_bytes_append(string, text + done, plain - done);
        done = plain;
        if (*memory || done == size || text[done] < 0x20)
            return 0;
        if (text[done++] == '"')
            return done;
        uint32_t character;
        const size_t length = read_escape(text + done, size - done, &character);
        *memory = length > 0 && !append_character(string, character);
        if (length == 0 || *memory)
            return 0;
        done += length;
    }
    return 0;
}

static bool append_escape(struct iscc_bytes *out, uint8_t character)
{
    const char *found = memchr(escaped, character, sizeof escaped - 1);
    char text[8];

    if (found != NULL)
        snprintf(text, sizeof text, "\\%c", letters[found - escaped]);
    else
        snprintf(text, sizeof text, "\\u%04x", character);
    return iscc_bytes_append(out, text, strlen(text));
}

bool iscc_json_string_write(struct iscc_bytes *out, const uint8_t *string, size_t size)
{
    bool good = iscc_bytes_append(out, "\"", 1);

    for (size_t done = 0; good && done < size;) {
        size_t plain = done;
        while (plain < size && string[plain] >= 0x20 && string[plain] != '"' && string[plain] != '\\')
            plain++;
        good = iscc_bytes_append(out, string + done, plain - done);
        if (good && plain < size)
            good = append_escape(out, string[plain++]);
        done = plain;
    }
    return good && iscc_bytes_append(out, "\"", 1);
}

/* The rank of a byte of UTF-8 in the order of UTF-16: characters above U+FFFF, whose first byte is F0 or more, are
 * surrogates there, and so come before U+E000 to U+FFFF, whose first byte is EE or EF. */
static int rank(uint8_t byte)
{
    return byte == 0xee || byte == 0xef ? byte + 0x10 : byte;
}

int iscc_json_string_compare(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size)
{
    for (size_t i = 0; i < a_size && i < b_size; i++)
        if (a[i] != b[i])
            return rank(a[i]) - rank(b[i]);
    return (a_size > b_size) - (a_size < b_size);
}
