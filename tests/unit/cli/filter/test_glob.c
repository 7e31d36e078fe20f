/* SPDX-License-Identifier: Apache-2.0 */
/* gitignore's globs: each rule, random patterns against a plain recursive matcher, and patterns built to be slow. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filter/glob.h"
#include "filter/ignore.h"
#include "support/random.h"
#include "support/unit.h"

/* Paths each pattern matches and paths it does not; git 2.39 agrees on all of them. */
static const struct {
    const char *pattern;
    const char *matched[8];
    const char *other[8];
} rules[] = {
    {"", {""}, {"a"}},
    {"abc", {"abc"}, {"ab", "abcd", "xabc", "abd", ""}},
    {"a?c",
     {"abc", "a?c",
      "a\xff"
      "c"},
     {"ac", "a/c", "abbc"}},
    {"*", {"", "a", ".a", "abc"}, {"a/b", "/"}},
    {"*.c", {".c", "a.c", "a.c.c"}, {"a.cc", "d/a.c", "c"}},
    {"a*b*c", {"abc", "aXbYc", "abbcc", "abcbc"}, {"ac", "abcd", "a/bc", "ab/c"}},
    {"a/*/c", {"a/b/c", "a//c"}, {"a/c", "a/b/b/c"}},
    {"**", {"", "a", "a/b", "a/b/c"}, {NULL}},
    {"**/a", {"a", "b/a", "b/c/a"}, {"ba", "a/b", "b/ca"}},
    {"a/**", {"a/b", "a/b/c"}, {"a", "ab", "ab/c", "b/a/c"}},
    {"a/**/b", {"a/b", "a/x/b", "a/x/y/b", "a/b/b"}, {"ab", "a/xb", "a/bx", "ax/b", "a/b/c"}},
    {"a/**/**/b", {"a/b", "a/x/b", "a/x/y/b"}, {"ab"}},
    {"a/***/b", {"a/b", "a/x/b", "a/x/y/b"}, {"ab"}},
    {"a/**/*.c", {"a/b.c", "a/x/b.c", "a/x.c/y.c"}, {"a/b.cc", "a/x.c/y"}},
    {"**/a/**/b/**", {"a/b/c", "x/a/y/b/z", "a/a/b/b/b"}, {"a/b", "b/a/c", "a/c/b"}},
    {"a**b", {"ab", "axb", "axyb"}, {"a/b", "ax/yb"}},
    {"?**/b", {"a/b", "ab/b"}, {"b", "a/x/b", "ab"}},
    {"a/**b", {"a/b", "a/xb"}, {"a/x/b"}},
    {"a/b**", {"a/b", "a/bc"}, {"a/b/c"}},
    {"**\\/b", {"a/b", "a/c/b"}, {"b"}},
    {"\\*", {"*"}, {"a", "\\*", ""}},
    {"\\a\\?\\[", {"a?["}, {"ab[", "\\a?["}},
    {"\\\\", {"\\"}, {"\\\\"}},
    {"a\\", {NULL}, {"a", "a\\", "a\\\\"}},
    {"a\\/b", {"a/b"}, {"a\\/b"}},
    {"[abc]", {"a", "b", "c"}, {"d", "", "ab", "["}},
    {"[!abc]", {"d", "!", "^"}, {"a", "b", "", "/"}},
    {"[^abc]", {"d", "!", "^"}, {"a", "b", "", "/"}},
    {"[a!]", {"a", "!"}, {"b"}},
    {"[b-d]", {"b", "c", "d"}, {"a", "e", "-"}},
    {"[d-b]", {"d"}, {"b", "c", "-"}},
    {"[]]", {"]"}, {"[", "[]]", ""}},
    {"[]-a]", {"]", "^", "_", "`", "a"}, {"-", "\\", "b"}},
    {"[!]-a]", {"-", "b"}, {"]", "^", "a"}},
    {"[a-]", {"a", "-"}, {"b", "]"}},
    {"[-a]", {"a", "-"}, {"b", "]"}},
    {"[a-c-e]", {"a", "b", "c", "-", "e"}, {"d"}},
    {"[--0]", {"-", ".", "0"}, {"/", "1", ","}},
    {"[\\]]", {"]"}, {"\\"}},
    {"[\\a-c]", {"a", "b", "c"}, {"\\", "d"}},
    {"[a-\\c]", {"a", "b", "c"}, {"\\", "d"}},
    {"[\\\\-^]", {"\\", "]", "^"}, {"[", "_"}},
    {"[\x80-\xff]", {"\x80", "\xc3", "\xff"}, {"\x7f", "a"}},
    {"[/]", {NULL}, {"/", "a"}},
    {"a[.-0]b", {"a.b", "a0b"}, {"a/b"}},
    {"[", {NULL}, {"[", "a", ""}},
    {"[a", {NULL}, {"[a", "a"}},
    {"[]", {NULL}, {"[]", "]"}},
    {"[!]", {NULL}, {"[!]", "a"}},
    {"[a-", {NULL}, {"a", "-", "[a-"}},
    {"[a\\", {NULL}, {"a", "\\"}},
    {"*[", {NULL}, {"[", "a["}},
    {"[[:digit:]]", {"0", "5", "9"}, {"a", ":", "/", "\xb2"}},
    {"[![:digit:]]", {"a", ":"}, {"0", "/"}},
    {"[[:digit:]x]", {"0", "x"}, {"y", "]", ":"}},
    {"[[:digit:]-z]", {"5", "-", "z"}, {"x", ":"}},
    {"[a[:digit:]-z]", {"a", "5", "-", "z"}, {"m"}},
    {"[a-[:digit:]]", {NULL}, {"a", "5", "]"}},
    {"[a[:nothing:]]", {NULL}, {"a", "n"}},
    {"[![:nothing:]]", {NULL}, {"a", "n"}},
    {"[[:nothing:]]", {NULL}, {"n", "[", ":"}},
    {"[[::]]", {NULL}, {":", "[", ":]"}},
    {"[[:]", {"[", ":"}, {"]", "a"}},
    {"[[:alpha]", {"[", ":", "a", "l", "p", "h"}, {"b", "]"}},
    {"[[:a[:digit:]]", {NULL}, {"a", "[", "5"}},
    {"[:alpha:]", {":", "a", "h"}, {"b", "["}},
};

static void check(const char *pattern, const char *path, bool expected)
{
    if (glob_match(pattern, path) != expected)
        fail_msg("\"%s\" and \"%s\": %s expected", pattern, path, expected ? "a match" : "no match");
}

static void each_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        for (size_t j = 0; j < 8 && rules[i].matched[j] != NULL; j++)
            check(rules[i].pattern, rules[i].matched[j], true);
        for (size_t j = 0; j < 8 && rules[i].other[j] != NULL; j++)
            check(rules[i].pattern, rules[i].other[j], false);
    }
}

/* The classes as sets; ranges as in a bracket expression. Everything else is outside. */
static void each_class(void **state)
{
    static const struct {
        const char *name;
        const char *ranges;
    } classes[] = {{"alnum", "09AZaz"}, {"alpha", "AZaz"},     {"blank", "\t\t  "},     {"cntrl", "\x01\x1f\x7f\x7f"},
                   {"digit", "09"},     {"graph", "!~"},       {"lower", "az"},         {"print", " ~"},
                   {"upper", "AZ"},     {"punct", "!/:@[`{~"}, {"space", "\t\n\r\r  "}, {"xdigit", "09AFaf"}};
    (void)state;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        char pattern[32];
        snprintf(pattern, sizeof pattern, "[[:%s:]]", classes[i].name);
        for (int byte = 1; byte < 256; byte++) {
            const char path[] = {(char)byte, '\0'};
            bool is_in = false;
            for (const char *range = classes[i].ranges; *range != '\0'; range += 2)
                is_in |= byte >= (unsigned char)range[0] && byte <= (unsigned char)range[1];
            check(pattern, path, is_in && byte != '/');
        }
    }
}

/* A pattern as the plain matcher sees it: components made of parts. Its text is generated from these. */
enum { COMPONENTS = 5, PARTS = 4, TEXT = 256 };

struct part {
    char kind;   /* '=' a byte, '?', '*', '[' a set, '!' a set that is negated */
    char set[3]; /* the byte, or the members */
};

struct component {
    bool is_any_number; /* two asterisks */
    size_t count;
    struct part parts[PARTS];
};

static struct component make_component(uint64_t *random)
{
    struct component component = {.is_any_number = random_below(random, 3) == 0};
    if (component.is_any_number)
        return component;
    component.count = 1 + random_below(random, PARTS);
    for (size_t i = 0; i < component.count && i < PARTS; i++) { /* gcc 14 does not see that the latter is implied */
        struct part *part = &component.parts[i];
        part->kind = "===?**[!"[random_below(random, i + 1 < component.count || i == 0 ? 8 : 4)];
        part->set[0] = (char)('a' + random_below(random, 2));
        part->set[1] = (char)('a' + random_below(random, 3));
    }
    return component;
}

static size_t write_component(const struct component *component, char *text, uint64_t *random)
{
    if (component->is_any_number)
        return (size_t)sprintf(text, "**");
    char *end = text;
    for (size_t i = 0; i < component->count; i++) {
        const struct part *part = &component->parts[i];
        const bool is_odd = random_below(random, 4) == 0;
        if (part->kind == '=')
            end += sprintf(end, is_odd ? "\\%c" : "%c", part->set[0]);
        else if (part->kind == '*')
            end += sprintf(end, is_odd && component->count > 1 ? "**" : "*");
        else if (part->kind == '?')
            end += sprintf(end, "?");
        else
            end += sprintf(end,
                           part->kind == '[' ? "[%c%c]"
                           : is_odd          ? "[^%c%c]"
                                             : "[!%c%c]",
                           part->set[0], part->set[1]);
    }
    return (size_t)(end - text);
}

static bool part_matches(const struct part *part, char byte)
{
    const bool is_member = byte == part->set[0] || byte == part->set[1];
    return part->kind == '=' ? byte == part->set[0] : part->kind == '?' || is_member == (part->kind == '[');
}

/* Matches one component by trying every possibility. */
static bool plain_match_component(const struct part *parts, size_t count, const char *name, size_t size)
{
    if (count == 0)
        return size == 0;
    if (parts->kind == '*')
        return plain_match_component(parts + 1, count - 1, name, size) ||
               (size > 0 && plain_match_component(parts, count, name + 1, size - 1));
    return size > 0 && part_matches(parts, *name) && plain_match_component(parts + 1, count - 1, name + 1, size - 1);
}

/* `path` is NULL if no components are left. */
static bool plain_match(const struct component *components, size_t count, const char *path)
{
    if (count == 0 || path == NULL)
        return count == 0 && path == NULL;
    const size_t size = strcspn(path, "/");
    const char *rest = path[size] == '/' ? path + size + 1 : NULL;
    if (components->is_any_number)
        return count == 1 || plain_match(components + 1, count - 1, path) || plain_match(components, count, rest);
    return plain_match_component(components->parts, components->count, path, size) &&
           plain_match(components + 1, count - 1, rest);
}

static void make_path(char *path, uint64_t *random)
{
    for (size_t left = 1 + random_below(random, 5); left > 0; left--) {
        for (size_t size = 1 + random_below(random, 3); size > 0; size--)
            *path++ = (char)('a' + random_below(random, 3));
        *path++ = left > 1 ? '/' : '\0';
    }
}

/* Two or more asterisks alone would be a double asterisk, so such components are not generated. */
static bool is_unclear(const struct component *component)
{
    size_t asterisks = 0;
    for (size_t i = 0; i < component->count; i++)
        asterisks += component->parts[i].kind == '*';
    return component->count > 1 && asterisks == component->count;
}

static void random_patterns_match_like_a_plain_matcher(void **state)
{
    uint64_t random = random_seed();
    size_t matches = 0;
    (void)state;
    for (int round = 0; round < 40000; round++) {
        struct component components[COMPONENTS];
        const size_t count = 1 + random_below(&random, COMPONENTS);
        char pattern[TEXT];
        char *end = pattern;
        for (size_t i = 0; i < count; i++) {
            do
                components[i] = make_component(&random);
            while (is_unclear(&components[i]));
            end += write_component(&components[i], end, &random);
            *end++ = i + 1 < count ? '/' : '\0';
        }
        for (int i = 0; i < 8; i++) {
            char path[TEXT];
            make_path(path, &random);
            const bool expected = plain_match(components, count, path);
            matches += expected;
            check(pattern, path, expected);
        }
    }
    assert_true(matches > 10000);
}

static char *repeat(const char *text, size_t times, const char *end)
{
    const size_t size = strlen(text);
    char *repeated = malloc(size * times + strlen(end) + 1);
    assert_non_null(repeated);
    for (size_t i = 0; i < times; i++)
        memcpy(repeated + i * size, text, size);
    strcpy(repeated + size * times, end);
    return repeated;
}

/* None matches, but everything up to the last byte can be matched in very many ways. The alarm ends the test if they
 * are all tried. */
static void no_pattern_is_slow(void **state)
{
    static const struct {
        const char *pattern, *pattern_end, *path, *path_end;
        size_t pattern_times, path_times;
    } attacks[] = {
        {"a*", "b", "a", "c", 300, 4000},      {"*a", "b", "a", "c", 300, 4000},
        {"*?[ab]", "c", "ab", "", 300, 2000},  {"*/", "b", "a/", "a", 1000, 2000},
        {"**/a/", "b", "a/", "a", 300, 4000},  {"**/a*a*/", "b", "aaaa/", "a", 100, 1000},
        {"**/*/", "b", "aa/", "a", 300, 4000}, {"a/**/", "*a*a*b", "a/", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 100, 2000},
        {"[[:a", "]", "b", "", 2000000, 1},
    };
    (void)state;
    alarm(60);
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        char *pattern = repeat(attacks[i].pattern, attacks[i].pattern_times, attacks[i].pattern_end);
        char *path = repeat(attacks[i].path, attacks[i].path_times, attacks[i].path_end);
        assert_false(glob_match(pattern, path));
        free(pattern);
        free(path);
    }
    alarm(0);
}

TEST_FILE(glob)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule),
        cmocka_unit_test(each_class),
        cmocka_unit_test(random_patterns_match_like_a_plain_matcher),
        cmocka_unit_test(no_pattern_is_slow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
