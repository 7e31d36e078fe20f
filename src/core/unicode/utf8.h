/* SPDX-License-Identifier: Apache-2.0 */
/* Reads and writes characters in UTF-8. */
#ifndef ISCC_UTF8_H
#define ISCC_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The most bytes of a character. */
#define ISCC_UTF8_MAX 4u

/*
 * Reads a character from the start of `size` bytes, at least one. Returns its length; 0 if the bytes end within the
 * character; or -1 if they are not UTF-8: no such lead byte or continuation, an overlong form, a surrogate, or a number
 * above U+10FFFF.
 */
static inline int iscc_utf8_read(const uint8_t *bytes, size_t size, uint32_t *character)
{
    const uint8_t lead = bytes[0];

    if (lead < 0x80) {
        *character = lead;
        return 1;
    }
    if (lead < 0xc2 || lead > 0xf4)
        return -1;
    const size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    uint32_t value = lead & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (i == size)
            return 0;
        if ((bytes[i] & 0xc0) != 0x80)
            return -1;
        value = value << 6 | (bytes[i] & 0x3fu);
        /* The second byte decides whether the form is overlong or the number not that of a character. */
        if (i == 1 && ((lead == 0xe0 && value < 0x20) || (lead == 0xed && value >= 0x360) ||
                       (lead == 0xf0 && value < 0x10) || (lead == 0xf4 && value >= 0x110)))
            return -1;
    }
    *character = value;
    return (int)length;
}

/* Returns the offset of the first bytes that are not UTF-8, or `size` if all are. An incomplete character at the end is
 * not UTF-8 either. */
size_t iscc_utf8_check(const void *text, size_t size);

/* Text that is being written. What does not fit into the buffer is counted, but not stored. */
struct iscc_utf8_writer {
    uint8_t *out; /* may be NULL if `capacity` is 0 */
    size_t capacity;
    size_t length;
};

static inline void iscc_utf8_write_byte(struct iscc_utf8_writer *writer, unsigned byte)
{
    if (writer->length < writer->capacity)
        writer->out[writer->length] = (uint8_t)byte;
    writer->length++;
}

static inline void iscc_utf8_write(struct iscc_utf8_writer *writer, uint32_t character)
{
    if (character < 0x80) {
        iscc_utf8_write_byte(writer, character);
        return;
    }
    if (character < 0x800) {
        iscc_utf8_write_byte(writer, 0xc0 | character >> 6);
    } else {
        if (character < 0x10000) {
            iscc_utf8_write_byte(writer, 0xe0 | character >> 12);
        } else {
            iscc_utf8_write_byte(writer, 0xf0 | character >> 18);
            iscc_utf8_write_byte(writer, 0x80 | (character >> 12 & 0x3f));
        }
        iscc_utf8_write_byte(writer, 0x80 | (character >> 6 & 0x3f));
    }
    iscc_utf8_write_byte(writer, 0x80 | (character & 0x3f));
}

#endif
