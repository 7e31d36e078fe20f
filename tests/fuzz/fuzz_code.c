/* SPDX-License-Identifier: Apache-2.0 */
/* The code decoder against a model that reads bit by bit, and properties of every code. The input is a text, and after
 * a newline another one to compare it with. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "code_input/code_reader.h"
#include "support/fuzz.h"

/* ---- The model: after iscc.h and ISO 24138 ---- */

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abcdefghijklmnopqrstuvwxyz";

/* A text's digits as bits. */
struct model {
    uint8_t *bits;
    size_t *offsets; /* of each digit */
    size_t digits;
    size_t next; /* the next bit to read */
};

static bool is_blank(char character)
{
    return character != '\0' && strchr(" \t\r\n", character) != NULL;
}

/* A field has one of four forms. A field of none of them reads as 10000, which no field can hold. */
static bool read_field(struct model *model, size_t bits, unsigned *value)
{
    static const unsigned base[] = {0, 8, 72, 584};
    size_t form = 0;

    if (bits - model->next < 4)
        return false;
    while (form < 4 && model->bits[model->next + form] != 0)
        form++;
    if (form == 4) {
        model->next += 4;
        *value = 10000;
        return true;
    }
    if (bits - model->next < 4 * (form + 1))
        return false;
    *value = 0;
    for (size_t i = form + 1; i < 4 * (form + 1); i++)
        *value = 2 * *value + model->bits[model->next + i];
    *value += base[form];
    model->next += 4 * (form + 1);
    return true;
}

static iscc_status check_composite(const struct iscc_decoded *code, unsigned *bits)
{
    const bool has_content = code->length % 2 == 1;
    const bool has_semantic = code->length / 2 % 2 == 1;
    const bool has_meta = code->length / 4 == 1;

    if (code->length > 7)
        return ISCC_ERROR_LENGTH;
    *bits = code->sub_type == ISCC_ISCC_WIDE ? 256 : 64u * (2u + has_content + has_semantic + has_meta);
    switch (code->sub_type) {
    case ISCC_ISCC_SUM:
    case ISCC_ISCC_WIDE:
        return code->length == 0 ? ISCC_OK : ISCC_ERROR_LENGTH;
    case ISCC_ISCC_NONE:
        return has_meta && !has_content && !has_semantic ? ISCC_OK : ISCC_ERROR_LENGTH;
    default:
        return has_content || has_semantic ? ISCC_OK : ISCC_ERROR_LENGTH;
    }
}

static iscc_status check_header(const struct iscc_decoded *code, unsigned *bits)
{
    static const unsigned sub_types[] = {1, 5, 5, 1, 1, 8, 4, 1};

    if (code->main_type > 7)
        return ISCC_ERROR_MAIN_TYPE;
    if (code->sub_type >= sub_types[code->main_type])
        return ISCC_ERROR_SUB_TYPE;
    if (code->version != 0)
        return ISCC_ERROR_VERSION;
    if (code->main_type == ISCC_ISCC)
        return check_composite(code, bits);
    if (code->length > (code->main_type == ISCC_ID ? 4u : 7u))
        return ISCC_ERROR_LENGTH;
    *bits = code->main_type == ISCC_ID ? 64 + 8 * code->length : 32 * (code->length + 1);
    return ISCC_OK;
}

/* Reads a text's digits, ignoring blanks around it and its prefix. Returns the offset of a bad one, or SIZE_MAX. */
static size_t read_digits(struct model *model, const char *text, size_t *begin)
{
    size_t end = strlen(text);

    while (end > 0 && is_blank(text[end - 1]))
        end--;
    for (*begin = 0; is_blank(text[*begin]);)
        ++*begin;
    if (strlen(text + *begin) >= 5 && text[*begin + 4] == ':' && (text[*begin] | 32) == 'i' &&
        (text[*begin + 1] | 32) == 's' && (text[*begin + 2] | 32) == 'c' && (text[*begin + 3] | 32) == 'c')
        *begin += 5;
    for (size_t at = *begin; at < end; at++) {
        const char *found = strchr(alphabet, text[at]);
        if (text[at] == '-')
            continue;
        if (found == NULL)
            return at;
        const unsigned value = (unsigned)(found - alphabet) % 32;
        model->offsets[model->digits] = at;
        for (size_t bit = 0; bit < 5; bit++)
            model->bits[5 * model->digits + bit] = value >> (4 - bit) & 1;
        model->digits++;
    }
    return SIZE_MAX;
}

static iscc_status decode_digits(struct model *model, struct iscc_decoded *code, size_t begin, size_t end,
                                 size_t *position)
{
    const size_t whole = 5 * model->digits / 8 * 8; /* bits of whole bytes */

    *position = end;
    if (!read_field(model, whole, &code->main_type) || !read_field(model, whole, &code->sub_type) ||
        !read_field(model, whole, &code->version) || !read_field(model, whole, &code->length))
        return ISCC_ERROR_TOO_SHORT;
    const iscc_status status = check_header(code, &code->bits);
    if (status != ISCC_OK) {
        *position = begin;
        return status;
    }
    const size_t needed = (16 + code->bits + 4) / 5;
    if (model->digits < needed)
        return ISCC_ERROR_TOO_SHORT;
    for (size_t bit = 0; bit < code->bits; bit++)
        code->digest[bit / 8] |= (uint8_t)(model->bits[16 + bit] << (7 - bit % 8));
    *position = model->offsets[model->digits > needed ? needed : needed - 1];
    if (model->digits > needed)
        return ISCC_ERROR_TOO_LONG;
    for (size_t bit = 16 + code->bits; bit < 5 * needed; bit++)
        if (model->bits[bit] != 0)
            return ISCC_ERROR_TOO_LONG;
    return ISCC_OK;
}

static iscc_status model_decode(const char *text, struct iscc_decoded *code, size_t *position)
{
    const size_t size = strlen(text);
    struct model model = {fuzz_grow(NULL, 5 * size + 1), fuzz_grow(NULL, (size + 1) * sizeof(size_t)), 0, 0};
    size_t begin;

    memset(code, 0, sizeof *code);
    *position = read_digits(&model, text, &begin);
    const iscc_status status =
        *position != SIZE_MAX ? ISCC_ERROR_CHARACTER : decode_digits(&model, code, begin, size, position);
    free(model.bits);
    free(model.offsets);
    return status;
}

/* ---- Properties ---- */

/* A code's units combine into the code again, and each is a unit. */
static void require_units(const struct iscc_decoded *code, const char *canonical)
{
    char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
    const char *pointers[ISCC_UNITS_MAX];
    char composed[ISCC_CODE_SIZE];
    struct iscc_decoded unit;
    size_t count = 0;

    REQUIRE(iscc_decompose(canonical, units, &count) == ISCC_OK);
    REQUIRE(count >= 1 && count <= ISCC_UNITS_MAX);
    if (code->main_type != ISCC_ISCC) {
        REQUIRE(count == 1 && strcmp(units[0], canonical) == 0);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        REQUIRE(iscc_decode(units[i], &unit, NULL) == ISCC_OK && unit.main_type != ISCC_ISCC);
        pointers[i] = units[i];
    }
    const unsigned flags = code->sub_type == ISCC_ISCC_WIDE ? ISCC_WIDE : ISCC_NARROW;
    REQUIRE(iscc_gen_iscc_code_v0(pointers, count, flags, composed) == ISCC_OK);
    REQUIRE(strcmp(composed, canonical) == 0);
}

static void require_code(const char *text, const struct iscc_decoded *code)
{
    char canonical[ISCC_CODE_SIZE];
    char name[ISCC_TYPE_NAME_SIZE];
    struct iscc_decoded again;
    unsigned distance = 1;

    REQUIRE(iscc_encode(code, canonical) == ISCC_OK && strlen(canonical) < ISCC_CODE_SIZE);
    REQUIRE(iscc_validate(canonical) == ISCC_OK);
    REQUIRE(iscc_validate(text) == (strcmp(text, canonical) == 0 ? ISCC_OK : ISCC_ERROR_CHARACTER));
    REQUIRE(iscc_decode(canonical, &again, NULL) == ISCC_OK && memcmp(code, &again, sizeof again) == 0);
    REQUIRE(iscc_type_name(code, name) == ISCC_OK && strlen(name) < sizeof name);
    const bool is_unit = code->main_type != ISCC_ISCC;
    REQUIRE(iscc_distance(text, canonical, &distance, NULL) == (is_unit ? ISCC_OK : ISCC_ERROR_MISMATCH));
    REQUIRE(distance == !is_unit);
    require_units(code, canonical);
}

/* The reason is one line of plain text. */
static void require_reason(const char *text, size_t size)
{
    struct iscc_decoded code;
    struct code_error error;

    if (code_read(text, size, &code, &error))
        return;
    REQUIRE(error.status != ISCC_OK && error.position <= size && strlen(error.reason) > 10);
    REQUIRE(code_error_word(&error)[0] != 'E');
    for (const char *at = error.reason; *at != '\0'; at++)
        REQUIRE((unsigned char)*at >= ' ' && *at != 0x7f);
}

static void require_symmetry(const char *a, const char *b)
{
    unsigned there = 0;
    unsigned back = 0;
    unsigned bits = 0;
    const iscc_status status = iscc_distance(a, b, &there, &bits);

    REQUIRE((status == ISCC_OK) == (iscc_distance(b, a, &back, NULL) == ISCC_OK));
    REQUIRE(there == back && there <= bits && bits <= 256);
}

FUZZ_TARGET(code)
{
    struct fuzz_input input = {data, size};
    struct iscc_decoded code;
    struct iscc_decoded expected;
    size_t position = 0;
    size_t expected_position;
    size_t text_size;
    char *text = fuzz_part(&input, '\n', &text_size);
    char *other = fuzz_part(&input, '\0', NULL);

    memset(&code, 0xaa, sizeof code);
    const iscc_status status = iscc_decode(text, &code, &position);
    REQUIRE(status == model_decode(text, &expected, &expected_position));
    if (status == ISCC_OK) {
        REQUIRE(memcmp(&code, &expected, sizeof code) == 0);
        require_code(text, &code);
    } else {
        REQUIRE(position == expected_position && code.bits == 0xaaaaaaaa);
    }
    require_reason(text, text_size);
    require_symmetry(text, other);
    free(text);
    free(other);
    return 0;
}
