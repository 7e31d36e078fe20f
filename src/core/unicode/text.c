/* SPDX-License-Identifier: Apache-2.0 */
/* Text collapsed, on one line, and trimmed (ISO 24138 "text_collapse", "text_remove_newlines", "text_trim"). */
#include <iscc/iscc.h>

#include "unicode/collapse.h"
#include "unicode/tables.h"
#include "unicode/utf8.h"

static bool arguments_valid(const char *text, size_t size, const char *out, size_t capacity, const size_t *length)
{
    return (text != NULL || size == 0) && (out != NULL || capacity == 0) && length != NULL;
}

/* Reports the whole length, even if not all of it fitted. */
static iscc_status report(size_t written, size_t capacity, size_t *length)
{
    *length = written;
    return written <= capacity ? ISCC_OK : ISCC_ERROR_CAPACITY;
}

iscc_status iscc_text_collapse(const char *text, size_t size, char *out, size_t capacity, size_t *length)
{
    struct iscc_utf8_writer writer = {(uint8_t *)out, capacity, 0};
    struct iscc_collapse collapse;
    bool valid;

    if (!arguments_valid(text, size, out, capacity, length))
        return ISCC_ERROR_ARGUMENT;
    iscc_collapse_start(&collapse);
    if (iscc_collapse_text(&collapse, &iscc_kernels_portable, (const uint8_t *)text, size, &writer, SIZE_MAX, &valid) <
        size)
        return ISCC_ERROR_UTF8;
    iscc_collapse_end(&collapse, &writer);
    return report(writer.length, capacity, length);
}

iscc_status iscc_text_remove_newlines(const char *text, size_t size, char *out, size_t capacity, size_t *length)
{
    struct iscc_utf8_writer writer = {(uint8_t *)out, capacity, 0};
    const uint8_t *bytes = (const uint8_t *)text;
    bool blank = false;

    if (!arguments_valid(text, size, out, capacity, length))
        return ISCC_ERROR_ARGUMENT;
    for (size_t done = 0; done < size;) {
        uint32_t character;
        const int read = iscc_utf8_read(bytes + done, size - done, &character);
        if (read <= 0)
            return ISCC_ERROR_UTF8;
        const bool is_space = (iscc_unicode_class(character) & ISCC_CHARACTER_SPACE) != 0;
        if (!is_space && blank && writer.length > 0)
            iscc_utf8_write(&writer, ' ');
        if (!is_space)
            iscc_utf8_write(&writer, character);
        blank = is_space;
        done += (size_t)read;
    }
    return report(writer.length, capacity, length);
}

/* Whole characters of the first bytes, from the first to the last that is not white space. */
iscc_status iscc_text_trim(const char *text, size_t size, size_t nbytes, char *out, size_t capacity, size_t *length)
{
    const uint8_t *bytes = (const uint8_t *)text;
    size_t begin = 0;
    size_t end = 0;

    if (!arguments_valid(text, size, out, capacity, length))
        return ISCC_ERROR_ARGUMENT;
    if (iscc_utf8_check(text, size) < size)
        return ISCC_ERROR_UTF8;
    for (size_t done = 0; done < size;) {
        uint32_t character = 0;
        const size_t next = done + (size_t)iscc_utf8_read(bytes + done, size - done, &character);
        if (next > nbytes)
            break;
        if ((iscc_unicode_class(character) & ISCC_CHARACTER_SPACE) == 0) {
            begin = end == 0 ? done : begin;
            end = next;
        }
        done = next;
    }
    if (end - begin <= capacity && end > begin)
        memcpy(out, text + begin, end - begin);
    return report(end - begin, capacity, length);
}
