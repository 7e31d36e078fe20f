/* SPDX-License-Identifier: Apache-2.0 */
/* Cleans text for display (ISO 24138 "text_clean"). */
#include <iscc/iscc.h>

#include "unicode/composer.h"
#include "unicode/tables.h"
#include "unicode/utf8.h"

/* The output, which ends at the last character that is not white space, and the line that is being written. */
struct cleaned {
    struct iscc_utf8_writer writer;
    size_t end;        /* 0 if there is nothing but white space so far */
    size_t line;       /* where the line begins */
    bool line_blank;   /* it has only white space so far */
    bool after_empty;  /* the line before it is empty */
    bool after_return; /* the last character is U+000D */
};

/* Of several empty lines one is kept. A line of white space is as good as an empty one. */
static void end_line(struct cleaned *cleaned)
{
    if (cleaned->end == 0)
        return;
    if (cleaned->line_blank)
        cleaned->writer.length = cleaned->line;
    if (!cleaned->line_blank || !cleaned->after_empty)
        iscc_utf8_write(&cleaned->writer, '\n');
    cleaned->after_empty = cleaned->line_blank;
    cleaned->line = cleaned->writer.length;
    cleaned->line_blank = true;
}

static void emit(void *context, uint32_t character)
{
    struct cleaned *cleaned = context;
    const unsigned class = iscc_unicode_class(character);
    const bool after_return = cleaned->after_return;

    if ((class & ISCC_CHARACTER_OTHER) != 0 && (class & ISCC_CHARACTER_NEWLINE) == 0)
        return;
    cleaned->after_return = character == '\r';
    if ((class & ISCC_CHARACTER_NEWLINE) != 0) {
        if (character != '\n' || !after_return)
            end_line(cleaned);
    } else if ((class & ISCC_CHARACTER_SPACE) == 0) {
        iscc_utf8_write(&cleaned->writer, character);
        cleaned->end = cleaned->writer.length;
        cleaned->line_blank = false;
    } else if (cleaned->end > 0) {
        iscc_utf8_write(&cleaned->writer, character);
    }
}

/* Adds the decomposition of a character. Returns false if memory runs out. */
static bool add_character(struct iscc_composer *composer, struct cleaned *cleaned, uint32_t character)
{
    const unsigned value = iscc_unicode_value(character);

    if (value < ISCC_CLASSES)
        return iscc_composer_add(composer, cleaned, character, iscc_unicode_classes[value]);
    const uint16_t *mapping = iscc_unicode_mappings + (value - ISCC_CLASSES);
    const size_t size = mapping[1] & (ISCC_MAPPING_SHARED - 1);
    const bool shared = (mapping[1] & ISCC_MAPPING_SHARED) != 0;
    if (size == 0)
        return iscc_composer_add(composer, cleaned, character, iscc_unicode_classes[mapping[0] & 0xffu]);
    const uint16_t *unit = mapping + 2 + (shared ? 0 : mapping[0] >> 8);
    const uint16_t *const end = unit + size;
    while (unit < end) {
        uint32_t part = *unit++;
        if (part >= 0xd800 && part <= 0xdbff)
            part = ((part & 0x3ff) << 10) + (*unit++ & 0x3ffu) + 0x10000;
        if (!iscc_composer_add(composer, cleaned, part, iscc_unicode_class(part)))
            return false;
    }
    return true;
}

iscc_status iscc_text_clean(const char *text, size_t size, char *out, size_t capacity, size_t *length)
{
    struct cleaned cleaned = {.writer = {(uint8_t *)out, capacity, 0}, .line_blank = true};
    struct iscc_composer composer = {.emit = emit};
    const uint8_t *bytes = (const uint8_t *)text;
    iscc_status status = ISCC_OK;

    if ((text == NULL && size > 0) || (out == NULL && capacity > 0) || length == NULL)
        return ISCC_ERROR_ARGUMENT;
    for (size_t done = 0; done < size && status == ISCC_OK;) {
        uint32_t character;
        const int read = iscc_utf8_read(bytes + done, size - done, &character);
        if (read <= 0)
            status = ISCC_ERROR_UTF8;
        else if (!add_character(&composer, &cleaned, character))
            status = ISCC_ERROR_MEMORY;
        else
            done += (size_t)read;
    }
    iscc_composer_flush(&composer, &cleaned);
    iscc_composer_free(&composer);
    if (status != ISCC_OK)
        return status;
    *length = cleaned.end;
    return cleaned.end <= capacity ? ISCC_OK : ISCC_ERROR_CAPACITY;
}
