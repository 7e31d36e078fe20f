/* SPDX-License-Identifier: Apache-2.0 */
/* Codes of a list. The library accepts more spellings than a list may have. */
#include "lists/list_entry.h"

#include <string.h>
#include <strings.h>

static const char scheme[] = "iscc:";

bool list_entry_is_like_code(const char *text, size_t size)
{
    const size_t least = sizeof scheme - 1;
    return size > least && strncasecmp(text, scheme, least) == 0 && strcspn(text, " \t") >= size;
}

/* Accepts only `ISCC:` and digits. The library would also accept hyphens, and blanks around a code. */
static bool copy_code(const char *text, size_t size, char code[ISCC_CODE_SIZE])
{
    if (size >= ISCC_CODE_SIZE || size < sizeof scheme || strncasecmp(text, scheme, sizeof scheme - 1) != 0 ||
        memchr(text, '-', size) != NULL || memchr(text, '\0', size) != NULL || (unsigned char)text[size - 1] <= ' ')
        return false;
    memcpy(code, text, size);
    code[size] = '\0';
    return true;
}

static bool decode(const char *text, size_t size, struct iscc_decoded *decoded)
{
    char code[ISCC_CODE_SIZE];
    return copy_code(text, size, code) && iscc_decode(code, decoded, NULL) == ISCC_OK;
}

bool list_entry_is_damaged(const char *text, size_t size)
{
    struct iscc_decoded decoded;
    return list_entry_is_like_code(text, size) && !decode(text, size, &decoded);
}

/* The two halves of its digest are the beginnings of the digests of its units. */
bool list_entry_set_code(struct list_entry *line, const char *text, size_t size)
{
    struct iscc_decoded *code = &line->code;

    if (!decode(text, size, code) || code->main_type != ISCC_ISCC ||
        (code->sub_type != ISCC_ISCC_WIDE && code->sub_type != ISCC_ISCC_SUM))
        return false;
    line->file.flags = code->sub_type == ISCC_ISCC_WIDE ? ISCC_WIDE : ISCC_NARROW;
    file_record_add_digest(&line->file, ISCC_DATA, code->digest, code->bits / 2);
    file_record_add_digest(&line->file, ISCC_INSTANCE, code->digest + code->bits / 16, code->bits / 2);
    return true;
}

bool list_entry_set_unit(struct list_entry *line, const char *text, size_t size)
{
    struct file_record *file = &line->file;
    struct iscc_decoded unit;

    if (!decode(text, size, &unit) || unit.bits != 256)
        return false;
    if (unit.main_type == ISCC_DATA && !file->has_data_unit)
        file->has_data_unit = true;
    else if (unit.main_type == ISCC_INSTANCE && !file->has_instance_unit)
        file->has_instance_unit = true;
    else if (unit.main_type != ISCC_CONTENT || unit.sub_type != ISCC_TEXT || file->text_bits == 256)
        return false;
    file_record_add_digest(file, unit.main_type, unit.digest, unit.bits);
    return true;
}

static uint8_t hexadecimal(char digit)
{
    return (uint8_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/* A datahash is the digest of the 256-bit Instance-Code after a multihash prefix. */
bool list_entry_set_datahash(struct list_entry *line, const char *text)
{
    uint8_t digest[FILE_RECORD_DIGEST_SIZE];

    if (strncmp(text, "1e20", 4) != 0 || strlen(text) != ISCC_DATAHASH_SIZE - 1 ||
        strspn(text, "0123456789abcdef") != ISCC_DATAHASH_SIZE - 1)
        return false;
    for (size_t i = 0; i < sizeof digest; i++)
        digest[i] = (uint8_t)(hexadecimal(text[2 * i + 4]) << 4 | hexadecimal(text[2 * i + 5]));
    file_record_add_digest(&line->file, ISCC_INSTANCE, digest, 8 * sizeof digest);
    return true;
}

/* The composite of the standard repeats the first 64 bits of each unit. */
bool list_entry_set_text_iscc(struct list_entry *line, const char *text)
{
    enum { PART = 8 };
    struct file_record *file = &line->file;
    struct iscc_decoded code;

    if (!decode(text, strlen(text), &code) || code.main_type != ISCC_ISCC || code.sub_type != ISCC_TEXT ||
        code.bits != 3 * 8 * PART)
        return false;
    file_record_add_digest(file, ISCC_CONTENT, code.digest, 8 * PART);
    file_record_add_digest(file, ISCC_DATA, code.digest + PART, 8 * PART);
    file_record_add_digest(file, ISCC_INSTANCE, code.digest + (size_t)2 * PART, 8 * PART);
    return true;
}
