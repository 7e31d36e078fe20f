/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes src/core/unicode/tables.inc from the Unicode data of utf8proc:
 *
 *   cc -I src/core -o unicode_tables scripts/unicode_tables.c -lutf8proc && ./unicode_tables >
 * src/core/unicode/tables.inc
 *
 * With a file as argument it compares instead; the status is 1 if the file differs, and 77 if it was made from another
 * version of Unicode than utf8proc has. The tables are part of the sources so that a text has the same code in every
 * build of a release, and so that the library can be built without utf8proc. unicode/tables.h describes them.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "unicode/tables.h"

enum { CHARACTERS = 0x110000, STRING_MAX = 32, NUMBERS_MAX = 1 << 17 };

struct string {
    int32_t characters[STRING_MAX];
    size_t size;
};

struct numbers {
    uint32_t values[NUMBERS_MAX];
    size_t count;
};

static FILE *out;
static struct numbers classes, mappings, pairs;
static uint16_t values[CHARACTERS];
static bool is_second[CHARACTERS];

/* ---- Properties ---- */

static bool in_ranges(int32_t character, const int32_t (*ranges)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (character >= ranges[i][0] && character <= ranges[i][1])
            return true;
    return false;
}

#define IN_RANGES(character, ranges) in_ranges(character, ranges, sizeof(ranges) / sizeof((ranges)[0]))

/* White space as Python has it, whose notion the standard's reference uses: U+001C to U+001F are not White_Space in
 * Unicode. */
static bool is_space(int32_t character)
{
    static const int32_t ranges[][2] = {{0x9, 0xd},       {0x1c, 0x20},     {0x85, 0x85},     {0xa0, 0xa0},
                                        {0x1680, 0x1680}, {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f},
                                        {0x205f, 0x205f}, {0x3000, 0x3000}};
    return IN_RANGES(character, ranges);
}

static bool is_newline(int32_t character)
{
    static const int32_t ranges[][2] = {{0xa, 0xd}, {0x85, 0x85}, {0x2028, 0x2029}};
    return IN_RANGES(character, ranges);
}

/* Unicode's Case_Ignorable: some categories, and the characters that break no word (MidLetter, MidNumLet,
 * Single_Quote). */
static bool is_ignorable(int32_t character)
{
    static const int32_t ranges[][2] = {{0x27, 0x27},     {0x2e, 0x2e},     {0x3a, 0x3a},     {0xb7, 0xb7},
                                        {0x387, 0x387},   {0x55f, 0x55f},   {0x5f4, 0x5f4},   {0x2018, 0x2019},
                                        {0x2024, 0x2024}, {0x2027, 0x2027}, {0xfe13, 0xfe13}, {0xfe52, 0xfe52},
                                        {0xfe55, 0xfe55}, {0xff07, 0xff07}, {0xff0e, 0xff0e}, {0xff1a, 0xff1a}};
    switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
        return true;
    default:
        return IN_RANGES(character, ranges);
    }
}

/* Unicode's Cased: letters with case, and Other_Uppercase and Other_Lowercase where they are not Case_Ignorable, which
 * counts first. */
static bool is_cased(int32_t character)
{
    static const int32_t ranges[][2] = {{0xaa, 0xaa},       {0xba, 0xba},       {0x2160, 0x217f},  {0x24b6, 0x24e9},
                                        {0x1f130, 0x1f149}, {0x1f150, 0x1f169}, {0x1f170, 0x1f189}};
    switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
        return true;
    default:
        return IN_RANGES(character, ranges);
    }
}

static char category(int32_t character)
{
    return utf8proc_category_string(character)[0];
}

static bool is_dropped(int32_t character)
{
    return is_space(character) || strchr("CMP", category(character)) != NULL;
}

static uint32_t class_of(int32_t character, bool dropped)
{
    const unsigned combining = (unsigned)utf8proc_get_property(character)->combining_class;
    unsigned flags = 0;

    flags |= category(character) == 'C' ? ISCC_CHARACTER_OTHER : 0u;
    flags |= is_space(character) ? ISCC_CHARACTER_SPACE : 0u;
    flags |= is_newline(character) ? ISCC_CHARACTER_NEWLINE : 0u;
    flags |= is_cased(character) ? ISCC_CHARACTER_CASED : 0u;
    flags |= is_ignorable(character) ? ISCC_CHARACTER_IGNORABLE : 0u;
    flags |= is_second[character] ? ISCC_CHARACTER_SECOND : 0u;
    flags |= dropped ? ISCC_CHARACTER_DROPPED : 0u;
    return combining << 8 | flags;
}

/* ---- Strings ---- */

/* A syllable stays whole, because composing would make it of its parts again. */
static struct string decompose(int32_t character, unsigned options)
{
    struct string string = {{character}, 1};
    int boundary = 0;

    if ((character >= 0xac00 && character <= 0xd7a3) || (character >= 0xd800 && character <= 0xdfff))
        return string;
    const utf8proc_ssize_t size =
        utf8proc_decompose_char(character, string.characters, STRING_MAX,
                                (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | options), &boundary);
    if (size < 1 || size > STRING_MAX)
        abort();
    string.size = (size_t)size;
    return string;
}

/* Decomposed canonically, in lower case, without what is dropped, decomposed for compatibility. */
static struct string collapse(int32_t character)
{
    const struct string canonical = decompose(character, 0);
    struct string result = {{0}, 0};

    for (size_t i = 0; i < canonical.size; i++) {
        const int32_t lower = utf8proc_tolower(canonical.characters[i]);
        if (is_dropped(lower))
            continue;
        const struct string part = decompose(lower, UTF8PROC_COMPAT);
        if (result.size + part.size > STRING_MAX)
            abort();
        memcpy(result.characters + result.size, part.characters, part.size * sizeof part.characters[0]);
        result.size += part.size;
    }
    return result;
}

static bool equal(const struct string *a, const struct string *b)
{
    return a->size == b->size && memcmp(a->characters, b->characters, a->size * sizeof a->characters[0]) == 0;
}

static bool is_itself(const struct string *string, int32_t character)
{
    return string->size == 1 && string->characters[0] == character;
}

/* ---- Tables ---- */

static void append(struct numbers *numbers, uint32_t value)
{
    if (numbers->count == NUMBERS_MAX)
        abort();
    numbers->values[numbers->count++] = value;
}

static size_t find_or_append(struct numbers *numbers, const uint32_t *wanted, size_t count, size_t step)
{
    for (size_t i = 0; i + count <= numbers->count; i += step)
        if (memcmp(numbers->values + i, wanted, count * sizeof *wanted) == 0)
            return i;
    const size_t found = numbers->count;
    for (size_t i = 0; i < count; i++)
        append(numbers, wanted[i]);
    return found;
}

/* As UTF-16. Returns the number of units. */
static size_t write_units(const struct string *string, uint32_t *units)
{
    size_t count = 0;

    for (size_t i = 0; i < string->size; i++) {
        const uint32_t character = (uint32_t)string->characters[i];
        if (character >= 0x10000)
            units[count++] = 0xd7c0 + (character >> 10);
        units[count++] = character < 0x10000 ? character : 0xdc00 + (character & 0x3ff);
    }
    return count;
}

static size_t find_mapping(uint32_t class, const struct string *collapsed, const struct string *decomposed,
                           bool decomposes)
{
    uint32_t units[2 + 4 * STRING_MAX];
    const size_t first = write_units(collapsed, units + 2);
    size_t count = 2 + first;
    size_t second = 0;
    bool shared = decomposes && equal(collapsed, decomposed);

    if (shared) {
        second = first;
    } else if (decomposes) {
        second = write_units(decomposed, units + count);
        count += second;
    }
    units[0] = class | (uint32_t)first << 8;
    units[1] = (uint32_t)second | (shared ? ISCC_MAPPING_SHARED : 0u);
    return find_or_append(&mappings, units, count, 1);
}

static void add_character(int32_t character)
{
    const struct string collapsed = collapse(character);
    const struct string decomposed = decompose(character, UTF8PROC_COMPAT);
    const bool decomposes = !is_itself(&decomposed, character);
    const bool dropped = collapsed.size == 0;
    const uint32_t wanted = class_of(character, dropped);
    const uint32_t class = (uint32_t)find_or_append(&classes, &wanted, 1, 1);

    if (class >= ISCC_CLASSES)
        abort();
    if (!decomposes && (dropped || is_itself(&collapsed, character))) {
        values[character] = (uint16_t) class;
        return;
    }
    const size_t offset = find_mapping(class, &collapsed, &decomposed, decomposes);
    if (offset + ISCC_CLASSES > UINT16_MAX)
        abort();
    values[character] = (uint16_t)(offset + ISCC_CLASSES);
}

/* The last character of a canonical decomposition, and what those before it compose to. */
static void add_pair(int32_t character)
{
    struct string canonical = decompose(character, 0);
    const utf8proc_option_t options = (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE);

    if (canonical.size < 2)
        return;
    struct string composed = canonical;
    if (utf8proc_normalize_utf32(composed.characters, (utf8proc_ssize_t)composed.size, options) != 1 ||
        composed.characters[0] != character)
        return;
    const int32_t second = canonical.characters[--canonical.size];
    if (utf8proc_normalize_utf32(canonical.characters, (utf8proc_ssize_t)canonical.size, options) != 1)
        abort();
    append(&pairs, (uint32_t)canonical.characters[0]);
    append(&pairs, (uint32_t)second);
    append(&pairs, (uint32_t)character);
    is_second[second] = true;
}

static int compare_pairs(const void *left, const void *right)
{
    const uint32_t *a = left;
    const uint32_t *b = right;
    return a[0] != b[0] ? (a[0] > b[0]) - (a[0] < b[0]) : (a[1] > b[1]) - (a[1] < b[1]);
}

/* ---- Output ---- */

__attribute__((format(printf, 1, 2))) static void print(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    if (vfprintf(out, format, arguments) < 0)
        abort();
    va_end(arguments);
}

static void print_numbers(const char *declaration, const uint32_t *numbers, size_t count)
{
    char number[16];
    size_t column = 0;

    print("\n%s = {", declaration);
    for (size_t i = 0; i < count; i++) {
        const size_t size = (size_t)snprintf(number, sizeof number, "%u,", (unsigned)numbers[i]);
        if (i == 0 || column + size > 120)
            print("\n");
        column = i == 0 || column + size > 120 ? size : column + size;
        print("%s", number);
    }
    print("\n};\n");
}

/* Cuts `count` numbers into blocks and stores each different one once. Returns, in place, where each begins. */
static size_t fold(uint32_t *numbers, size_t count, size_t block, struct numbers *blocks)
{
    for (size_t i = 0; i < count; i += block)
        numbers[i / block] = (uint32_t)find_or_append(blocks, numbers + i, block, block);
    return count / block;
}

static void print_tables(void)
{
    static struct numbers leaves, middle;
    static uint32_t top[CHARACTERS];
    size_t count = CHARACTERS;

    for (size_t i = 0; i < count; i++)
        top[i] = values[i];
    count = fold(top, count, (size_t)1 << ISCC_LEAF_BITS, &leaves);
    count = fold(top, count, (size_t)1 << ISCC_MIDDLE_BITS, &middle);
    print("/* SPDX-License-Identifier: Apache-2.0 */\n");
    print("/* Made by scripts/unicode_tables.c from the data of Unicode, https://www.unicode.org/license.txt */\n");
    print("#define UNICODE_VERSION \"%s\"\n", utf8proc_unicode_version());
    print_numbers("const uint16_t iscc_unicode_top[]", top, count);
    print_numbers("const uint16_t iscc_unicode_middle[]", middle.values, middle.count);
    print_numbers("const uint16_t iscc_unicode_leaves[]", leaves.values, leaves.count);
    print_numbers("const uint16_t iscc_unicode_classes[ISCC_CLASSES]", classes.values, classes.count);
    print_numbers("const uint16_t iscc_unicode_mappings[]", mappings.values, mappings.count);
    print_numbers("const uint32_t iscc_unicode_pairs[]", pairs.values, pairs.count);
    print("\nconst size_t iscc_unicode_pair_count = %zu;\n", pairs.count / 3);
}

/* Whether the file has the line that names this version of Unicode. */
static bool has_version(const char *text)
{
    char line[64];

    snprintf(line, sizeof line, "#define UNICODE_VERSION \"%s\"\n", utf8proc_unicode_version());
    return strstr(text, line) != NULL;
}

static int compare(const char *made, size_t size, const char *path)
{
    char *text = calloc(size + 2, 1);
    FILE *file = fopen(path, "rb");

    if (text == NULL || file == NULL) {
        perror(path);
        exit(2);
    }
    const bool same = fread(text, 1, size + 1, file) == size && memcmp(text, made, size) == 0;
    const int status = same ? 0 : has_version(text) ? 1 : 77;
    fclose(file);
    free(text);
    return status;
}

int main(int argument_count, char **arguments)
{
    char *text = NULL;
    size_t size = 0;

    out = argument_count > 1 ? open_memstream(&text, &size) : stdout;
    if (out == NULL)
        return 2;
    for (int32_t character = 0; character < CHARACTERS; character++)
        add_pair(character);
    qsort(pairs.values, pairs.count / 3, 3 * sizeof pairs.values[0], compare_pairs);
    /* Hangul composes by arithmetic. */
    for (int32_t character = 0x1161; character <= 0x11c2; character++)
        is_second[character] = character <= 0x1175 || character >= 0x11a8;
    for (int32_t character = 0; character < CHARACTERS; character++)
        add_character(character);
    print_tables();
    if (fclose(out) != 0)
        return 2;
    const int status = argument_count > 1 ? compare(text, size, arguments[1]) : 0;
    free(text);
    return status;
}
