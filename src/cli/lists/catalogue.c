/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps files and their codes in memory. */
#include "lists/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "util/array.h"

void catalogue_free(struct catalogue *catalogue)
{
    string_pool_free(&catalogue->names);
    free(catalogue->files);
    *catalogue = (struct catalogue){.files = NULL};
}

bool catalogue_add(struct catalogue *catalogue, const struct file_record *file)
{
    struct file_record *files =
        array_grow(catalogue->files, &catalogue->room, catalogue->count + 1, sizeof *catalogue->files);
    if (files == NULL)
        return false;
    catalogue->files = files;
    const char *name = string_pool_add(&catalogue->names, file->name, file->name_size);
    if (name == NULL)
        return false;
    catalogue->files[catalogue->count] = *file;
    catalogue->files[catalogue->count].name = name;
    catalogue->count++;
    return true;
}

/* ---- Codes and digests ---- */

/* Takes a digest where it says more than what is known. */
static void take_digest(struct file_record *file, bool is_data, const uint8_t *digest, unsigned bits)
{
    uint16_t *known_bits = is_data ? &file->data_bits : &file->instance_bits;
    uint8_t *known = is_data ? file->data : file->instance;
    const unsigned common = bits < *known_bits ? bits : *known_bits;

    if (memcmp(known, digest, common / 8) != 0)
        file->is_contradictory = true;
    if (bits <= *known_bits)
        return;
    *known_bits = (uint16_t)bits;
    memcpy(known, digest, bits / 8);
}

/* Codes come from the library or through the reader of lists, so that they decode. */
static void take_unit(struct file_record *file, const char *code)
{
    struct iscc_decoded unit;

    if (code[0] != '\0' && iscc_decode(code, &unit, NULL) == ISCC_OK)
        take_digest(file, unit.main_type == ISCC_DATA, unit.digest, unit.bits);
}

/* Takes what an ISCC-CODE, SUM or WIDE, is made of: the first bits of the Data-Code, and as many of the Instance-Code.
 */
static void take_code(struct file_record *file, const char *text)
{
    struct iscc_decoded code;

    if (iscc_decode(text, &code, NULL) != ISCC_OK)
        return;
    file->data_bits = file->instance_bits = (uint16_t)(code.bits / 2);
    memcpy(file->data, code.digest, code.bits / 16);
    memcpy(file->instance, code.digest + code.bits / 16, code.bits / 16);
}

struct file_record file_record_of_code(const struct iscc_sum_code *code, unsigned flags, const char *name,
                                       size_t name_size)
{
    struct file_record file = {.name = name,
                               .name_size = name_size,
                               .filesize = code->filesize,
                               .has_filesize = true,
                               .flags = (uint8_t)flags};

    take_unit(&file, code->data_code);
    take_unit(&file, code->instance_code);
    return file;
}

static uint8_t hexadecimal(char digit)
{
    return (uint8_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/* The datahash is the whole Instance-Code behind the prefix of a multihash. */
static void take_datahash(struct file_record *file, const char *datahash)
{
    uint8_t digest[FILE_RECORD_DIGEST_SIZE];

    if (datahash[0] == '\0')
        return;
    for (size_t i = 0; i < sizeof digest; i++)
        digest[i] = (uint8_t)(hexadecimal(datahash[2 * i + 4]) << 4 | hexadecimal(datahash[2 * i + 5]));
    take_digest(file, false, digest, 8 * sizeof digest);
}

struct file_record file_record_of_entry(const struct list_entry *entry, const char *name)
{
    struct file_record file = {.name = name,
                               .name_size = entry->name_size,
                               .filesize = entry->filesize,
                               .line = entry->line,
                               .flags = (uint8_t)entry->flags,
                               .has_filesize = entry->has_filesize,
                               .has_times = entry->has_stat,
                               .times = entry->times,
                               .has_units = entry->data_code[0] != '\0' && entry->instance_code[0] != '\0'};

    take_code(&file, entry->iscc);
    take_unit(&file, entry->data_code);
    take_datahash(&file, entry->datahash);
    take_unit(&file, entry->instance_code);
    file.has_times = file.has_times && !file.is_contradictory;
    return file;
}

/* The unit of as many bits of a digest; as many are there. */
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

void file_record_code(const struct file_record *file, struct iscc_sum_code *code)
{
    const unsigned bits = file->flags == ISCC_WIDE ? 128 : 64;
    char data[ISCC_CODE_SIZE];
    char instance[ISCC_CODE_SIZE];
    const char *const units[] = {data, instance};

    *code = (struct iscc_sum_code){.filesize = file->filesize};
    encode_unit(ISCC_DATA, file->data, bits, data);
    encode_unit(ISCC_INSTANCE, file->instance, bits, instance);
    iscc_gen_iscc_code_v0(units, 2, file->flags, code->iscc);
    if (file->data_bits == 256)
        encode_unit(ISCC_DATA, file->data, 256, code->data_code);
    if (file->instance_bits == 256) {
        encode_unit(ISCC_INSTANCE, file->instance, 256, code->instance_code);
        encode_datahash(file->instance, code->datahash);
    }
}

bool file_record_same_content(const struct file_record *a, const struct file_record *b)
{
    const size_t bits = a->instance_bits < b->instance_bits ? a->instance_bits : b->instance_bits;
    return memcmp(a->instance, b->instance, bits / 8) == 0;
}

bool file_record_same_file(const struct file_record *a, const struct file_record *b)
{
    const size_t bits = a->data_bits < b->data_bits ? a->data_bits : b->data_bits;

    return file_record_same_content(a, b) && memcmp(a->data, b->data, bits / 8) == 0 &&
           (!a->has_filesize || !b->has_filesize || a->filesize == b->filesize);
}

bool file_record_is_tree(const struct file_record *file)
{
    return file->name_size > 0 && file->name[file->name_size - 1] == '/';
}

/* ---- Names ---- */

/* Where the next part that leads somewhere begins. */
static const char *skip_needless(const char *name)
{
    for (;;) {
        if (name[0] == '/')
            name++;
        else if (name[0] == '.' && (name[1] == '/' || name[1] == '\0'))
            name += 1;
        else
            return name;
    }
}

/* Writes the tidy form, which is never longer, and returns its size; `to` and `name` may not overlap. */
static size_t write_tidy(char *to, const char *name, size_t size)
{
    const bool is_tree = size > 0 && name[size - 1] == '/';
    char *end = to;

    if (name[0] == '/')
        *end++ = '/';
    for (name = skip_needless(name); *name != '\0'; name = skip_needless(name)) {
        const size_t part = strcspn(name, "/");
        if (end > to && end[-1] != '/')
            *end++ = '/';
        memcpy(end, name, part);
        end += part;
        name += part;
    }
    if (end == to)
        *end++ = '.';
    if (is_tree && end[-1] != '/')
        *end++ = '/';
    *end = '\0';
    return (size_t)(end - to);
}

static bool is_tidy(const char *name)
{
    return strncmp(name, "./", 2) != 0 && strstr(name, "//") == NULL && strstr(name, "/.") == NULL;
}

/* A copy of the name in its tidy form; NULL if memory is short. `room` and `size` are kept from one to the next. */
static const char *keep_tidy(struct catalogue *catalogue, struct file_record *file, char **room, size_t *size)
{
    char *grown = array_grow(*room, size, file->name_size + 2, 1);
    if (grown == NULL)
        return NULL;
    *room = grown;
    const size_t tidy_size = write_tidy(*room, file->name, file->name_size);
    if (tidy_size == file->name_size)
        return file->name;
    file->name_size = tidy_size;
    return string_pool_add(&catalogue->names, *room, tidy_size);
}

bool catalogue_tidy_names(struct catalogue *catalogue)
{
    char *room = NULL;
    size_t size = 0;
    bool kept = true;

    for (size_t i = 0; kept && i < catalogue->count; i++) {
        struct file_record *file = &catalogue->files[i];
        const char *rest = file->name[0] == '/' ? file->name : skip_needless(file->name);
        if (*rest != '\0') {
            file->name_size -= (size_t)(rest - file->name);
            file->name = rest;
        }
        if (is_tidy(file->name))
            continue;
        const char *tidy = keep_tidy(catalogue, file, &room, &size);
        kept = tidy != NULL;
        if (kept)
            file->name = tidy;
    }
    free(room);
    return kept;
}

void catalogue_shorten_names(struct catalogue *catalogue, size_t size)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        struct file_record *file = &catalogue->files[i];
        if (file->name_size > size) {
            file->name += size;
            file->name_size -= size;
        }
    }
}

/* ---- By name ---- */

static int compare_names(const void *a, const void *b)
{
    const struct file_record *const x = *(const struct file_record *const *)a;
    const struct file_record *const y = *(const struct file_record *const *)b;
    const int order = strcmp(x->name, y->name);
    return order != 0 ? order : (x > y) - (x < y);
}

const struct file_record **catalogue_by_name(const struct catalogue *catalogue)
{
    /* One more than needed: no memory at all is no answer. */
    const struct file_record **sorted = calloc(catalogue->count + 1, sizeof(void *));
    if (sorted == NULL)
        return NULL;
    for (size_t i = 0; i < catalogue->count; i++)
        sorted[i] = &catalogue->files[i];
    qsort(sorted, catalogue->count, sizeof *sorted, compare_names);
    return sorted;
}

const struct file_record *catalogue_find(const struct file_record *const *by_name, size_t count, const char *name)
{
    size_t low = 0;

    for (size_t high = count; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(by_name[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && strcmp(by_name[low]->name, name) == 0 ? by_name[low] : NULL;
}
