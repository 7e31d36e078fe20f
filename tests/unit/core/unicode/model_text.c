/* SPDX-License-Identifier: Apache-2.0 */
/* Texts collapsed and cleaned, in arrays of characters and one pass for each step. */
#include "core/unicode/model_text.h"

#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "support/unit.h"

struct characters {
    int32_t *list;
    size_t count;
};

bool model_has_version(void)
{
    return strcmp(utf8proc_unicode_version(), iscc_unicode_version()) == 0;
}

bool model_is_right(const char *text, size_t size)
{
    for (size_t i = 0; i + 3 <= size; i++)
        if (memcmp(text + i, "\u11a7", 3) == 0)
            return false;
    return true;
}

size_t model_put(char *out, uint32_t character)
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)character, (utf8proc_uint8_t *)out);
}

/* Normalizes a text; its memory is freed. */
static struct characters normalize(char *text, size_t size, unsigned options)
{
    struct characters characters = {malloc((18 * size + 1) * sizeof(int32_t)), 0};
    utf8proc_option_t all = (utf8proc_option_t)(UTF8PROC_STABLE | options);

    assert_non_null(characters.list);
    utf8proc_ssize_t count = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, characters.list,
                                                (utf8proc_ssize_t)(18 * size + 1), all);
    assert_in_range(count, 0, 18 * size);
    if ((options & UTF8PROC_COMPOSE) != 0)
        count = utf8proc_normalize_utf32(characters.list, count, all);
    characters.count = (size_t)count;
    free(text);
    return characters;
}

static char *copy(const char *text, size_t size)
{
    char *copied = malloc(size + 1);

    assert_non_null(copied);
    if (size > 0)
        memcpy(copied, text, size);
    return copied;
}

/* As UTF-8; the memory of the characters is freed. */
static char *encode(struct characters characters, size_t *length)
{
    char *text = malloc(4 * characters.count + 1);

    assert_non_null(text);
    *length = 0;
    for (size_t i = 0; i < characters.count; i++)
        *length += model_put(text + *length, (uint32_t)characters.list[i]);
    free(characters.list);
    return text;
}

static char category(int32_t character)
{
    return utf8proc_category_string(character)[0];
}

static bool is_space(int32_t c)
{
    return (c >= 9 && c <= 0xd) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

static bool is_newline(int32_t c)
{
    return (c >= 0xa && c <= 0xd) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* ---- Collapse ---- */

static bool is_ignorable(int32_t c)
{
    static const char others[] =
        "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";
    static const char categories[] = "Mn Me Cf Lm Sk";
    char text[5] = "";

    model_put(text, (uint32_t)c);
    return strstr(categories, utf8proc_category_string(c)) != NULL || (c != 0 && strstr(others, text) != NULL);
}

static bool is_cased(int32_t c)
{
    return strstr("Lu Ll Lt", utf8proc_category_string(c)) != NULL || c == 0xaa || c == 0xba ||
           (c >= 0x2160 && c <= 0x217f) || (c >= 0x24b6 && c <= 0x24e9) || (c >= 0x1f130 && c <= 0x1f149) ||
           (c >= 0x1f150 && c <= 0x1f169) || (c >= 0x1f170 && c <= 0x1f189);
}

/* Whether the first character from `i` on in a direction that is not ignorable is cased. */
static bool cased_beside(const struct characters *text, size_t i, size_t direction)
{
    for (i += direction; i < text->count; i += direction)
        if (!is_ignorable(text->list[i]))
            return is_cased(text->list[i]);
    return false;
}

char *model_collapse(const char *text, size_t size, size_t *length)
{
    struct characters canonical = normalize(copy(text, size), size, UTF8PROC_DECOMPOSE);
    struct characters kept = {malloc((canonical.count + 1) * sizeof(int32_t)), 0};

    assert_non_null(kept.list);
    for (size_t i = 0; i < canonical.count; i++) {
        int32_t lower = utf8proc_tolower(canonical.list[i]);
        if (canonical.list[i] == 0x3a3 && cased_beside(&canonical, i, (size_t)-1) && !cased_beside(&canonical, i, 1))
            lower = 0x3c2;
        if (!is_space(lower) && strchr("CMP", category(lower)) == NULL)
            kept.list[kept.count++] = lower;
    }
    free(canonical.list);
    char *filtered = encode(kept, length);
    return encode(normalize(filtered, *length, UTF8PROC_COMPOSE | UTF8PROC_COMPAT), length);
}

/* ---- Clean ---- */

/* Whether the characters from `begin` to `end` are all white space. */
static bool is_blank(const struct characters *text, size_t begin, size_t end)
{
    while (begin < end && is_space(text->list[begin]))
        begin++;
    return begin == end;
}

/* Joins the lines, with at most one of several that are blank. */
static struct characters join_lines(struct characters text)
{
    struct characters joined = {malloc((text.count + 2) * sizeof(int32_t)), 0};
    bool after_blank = false;

    assert_non_null(joined.list);
    for (size_t begin = 0, end; begin <= text.count; begin = end + 1) {
        for (end = begin; end < text.count && !is_newline(text.list[end]); end++)
            continue;
        const bool blank = is_blank(&text, begin, end);
        if (!blank || !after_blank) {
            for (size_t i = begin; i < end && !blank; i++)
                joined.list[joined.count++] = text.list[i];
            joined.list[joined.count++] = '\n';
        }
        after_blank = blank;
        if (end + 1 < text.count && text.list[end] == '\r' && text.list[end + 1] == '\n')
            end++;
    }
    free(text.list);
    return joined;
}

char *model_clean(const char *text, size_t size, size_t *length)
{
    struct characters all = normalize(copy(text, size), size, UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    size_t kept = 0;
    size_t begin = 0;

    for (size_t i = 0; i < all.count; i++)
        if (category(all.list[i]) != 'C' || is_newline(all.list[i]))
            all.list[kept++] = all.list[i];
    all.count = kept;
    struct characters joined = join_lines(all);
    while (joined.count > 0 && is_space(joined.list[joined.count - 1]))
        joined.count--;
    while (begin < joined.count && is_space(joined.list[begin]))
        begin++;
    memmove(joined.list, joined.list + begin, (joined.count - begin) * sizeof joined.list[0]);
    joined.count -= begin;
    return encode(joined, length);
}
