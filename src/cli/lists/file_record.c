/* SPDX-License-Identifier: Apache-2.0 */
/* Records of files: made from codes, encoded to codes, and compared. */
#include "lists/file_record.h"

#include <string.h>

/* ---- From codes ---- */

void file_record_add_digest(struct file_record *record, unsigned main_type, const uint8_t *digest, unsigned bits)
{
    uint16_t *known_bits = main_type == ISCC_DATA       ? &record->data_bits
                           : main_type == ISCC_INSTANCE ? &record->instance_bits
                                                        : &record->text_bits;
    uint8_t *known = main_type == ISCC_DATA       ? record->data
                     : main_type == ISCC_INSTANCE ? record->instance
                                                  : record->text;
    const unsigned common = bits < *known_bits ? bits : *known_bits;

    if (memcmp(known, digest, common / 8) != 0)
        record->is_contradictory = true;
    if (bits <= *known_bits)
        return;
    *known_bits = (uint16_t)bits;
    memcpy(known, digest, bits / 8);
}

void file_record_add_unit(struct file_record *record, const char *code)
{
    struct iscc_decoded unit;

    if (code[0] != '\0' && iscc_decode(code, &unit, NULL) == ISCC_OK)
        file_record_add_digest(record, unit.main_type, unit.digest, unit.bits);
}

struct file_record file_record_of_code(const struct iscc_sum_code *code, unsigned flags, const char *name,
                                       size_t name_size)
{
    struct file_record record = {.name = name,
                                 .name_size = name_size,
                                 .filesize = code->filesize,
                                 .has_filesize = true,
                                 .flags = (uint8_t)flags};

    file_record_add_unit(&record, code->data_code);
    file_record_add_unit(&record, code->instance_code);
    return record;
}

/* ---- To codes ---- */

/* Encodes the unit of the first `bits` bits of a digest. */
static void encode_unit(enum iscc_main_type type, const uint8_t *digest, unsigned bits, char code[ISCC_CODE_SIZE])
{
    struct iscc_decoded unit = {.main_type = type, .sub_type = ISCC_NONE, .length = bits / 32 - 1, .bits = bits};

    memcpy(unit.digest, digest, bits / 8);
    iscc_encode(&unit, code);
}

static void encode_datahash(const uint8_t *digest, char text[ISCC_DATAHASH_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    char *to = text + 4;

    memcpy(text, "1e20", sizeof "1e20");
    for (size_t i = 0; i < FILE_RECORD_DIGEST_SIZE; i++) {
        *to++ = digits[digest[i] >> 4];
        *to++ = digits[digest[i] & 15];
    }
    *to = '\0';
}

void file_record_code(const struct file_record *record, bool with_units, struct iscc_sum_code *code)
{
    const bool is_wide = record->flags == ISCC_WIDE;
    const size_t half = is_wide ? 16 : 8;
    struct iscc_decoded both = {
        .main_type = ISCC_ISCC, .sub_type = is_wide ? ISCC_ISCC_WIDE : ISCC_ISCC_SUM, .bits = (unsigned)(2 * half * 8)};

    *code = (struct iscc_sum_code){.filesize = record->filesize};
    memcpy(both.digest, record->data, half);
    memcpy(both.digest + half, record->instance, half);
    iscc_encode(&both, code->iscc);
    if (with_units && record->data_bits == 256)
        encode_unit(ISCC_DATA, record->data, 256, code->data_code);
    if (with_units && record->instance_bits == 256)
        encode_unit(ISCC_INSTANCE, record->instance, 256, code->instance_code);
    if (record->instance_bits == 256)
        encode_datahash(record->instance, code->datahash);
}

void file_record_text_code(const struct file_record *record, char code[ISCC_CODE_SIZE])
{
    code[0] = '\0';
    if (record->text_bits == 256)
        encode_unit(ISCC_CONTENT, record->text, 256, code);
}

/* ---- Compared ---- */

static bool is_same_digest(const uint8_t *a, unsigned a_bits, const uint8_t *b, unsigned b_bits)
{
    return memcmp(a, b, (a_bits < b_bits ? a_bits : b_bits) / 8) == 0;
}

bool file_record_same_content(const struct file_record *a, const struct file_record *b)
{
    return is_same_digest(a->instance, a->instance_bits, b->instance, b->instance_bits);
}

bool file_record_same_file(const struct file_record *a, const struct file_record *b)
{
    return file_record_same_content(a, b) && is_same_digest(a->data, a->data_bits, b->data, b->data_bits) &&
           (!a->has_filesize || !b->has_filesize || a->filesize == b->filesize);
}

bool file_record_holds(const struct file_record *listed, const struct file_record *now)
{
    const bool has_same_text =
        listed->text_bits == 0 ||
        (now->text_bits > 0 && is_same_digest(listed->text, listed->text_bits, now->text, now->text_bits));
    return file_record_same_file(listed, now) && has_same_text && !listed->is_contradictory;
}

bool file_record_same_size_and_mtime(const struct file_record *record, const struct stat *status)
{
    return record->has_times && record->has_filesize && status->st_size >= 0 &&
           (uint64_t)status->st_size == record->filesize && record->times.modified.tv_sec == status->st_mtim.tv_sec &&
           record->times.modified.tv_nsec == status->st_mtim.tv_nsec;
}

bool file_record_same_stat(const struct file_record *record, const struct stat *status)
{
    const struct file_times times = file_times_of(status);

    return file_record_same_size_and_mtime(record, status) && file_times_equal(&times, &record->times);
}

const uint8_t *file_record_digest(const struct file_record *record, enum near_by by, unsigned *bits)
{
    *bits = by == NEAR_BY_TEXT ? record->text_bits : record->data_bits;
    return by == NEAR_BY_TEXT ? record->text : record->data;
}

unsigned file_record_distance(const struct file_record *a, const struct file_record *b, enum near_by by, unsigned *bits)
{
    unsigned a_bits;
    unsigned b_bits;
    unsigned distance = 0;

    const uint8_t *x = file_record_digest(a, by, &a_bits);
    const uint8_t *y = file_record_digest(b, by, &b_bits);
    *bits = a_bits < *bits ? a_bits : *bits;
    *bits = b_bits < *bits ? b_bits : *bits;
    iscc_hamming_distance(x, y, *bits / 8, &distance);
    return distance;
}

bool file_record_is_tree(const struct file_record *record)
{
    return record->name_size > 0 && record->name[record->name_size - 1] == '/';
}
