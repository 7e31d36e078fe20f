/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of gitignore(5) patterns.
 *
 * A list is a single block that holds a byte of flags, the text and a NUL for each pattern. The last line of the file
 * comes first, because it takes precedence. The block is at most twice the size of the file.
 */
#include "filter/ignore.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "filter/glob.h"

enum flag {
    NEGATED = 1,        /* "!": what matches is not ignored */
    DIRECTORY_ONLY = 2, /* had a trailing slash */
    ANCHORED = 4,       /* has a slash elsewhere: matched against the whole path, not its last component */
    LITERAL = 8,        /* no special characters */
    SUFFIX = 16         /* an asterisk followed by no special characters */
};

struct ignore_list {
    size_t first; /* offset of the first pattern in `bytes` */
    size_t size;
    char bytes[];
};

struct line {
    const char *text;
    size_t size;
};

static bool is_special(char byte)
{
    return byte == '*' || byte == '?' || byte == '[' || byte == '\\';
}

/* Removes trailing blanks, unless escaped with a backslash. */
static void trim_blanks(struct line *line)
{
    size_t end = 0;
    for (size_t i = 0; i < line->size; i++) {
        if (line->text[i] == '\\' && i + 1 < line->size) {
            i++;
            end = i + 1;
        } else if (line->text[i] != ' ') {
            end = i + 1;
        }
    }
    line->size = end;
}

/* Removes the end of the line, a NUL and what follows it, and trailing blanks. Comments become empty. */
static struct line strip_line(const char *text, size_t size)
{
    struct line line = {.text = text, .size = size};
    if (line.size > 0 && text[0] == '#')
        line.size = 0;
    if (line.size > 0 && text[line.size - 1] == '\r')
        line.size--;
    const char *nul = memchr(line.text, '\0', line.size);
    if (nul != NULL)
        line.size = (size_t)(nul - line.text);
    trim_blanks(&line);
    return line;
}

static unsigned int classify(const struct line *pattern)
{
    unsigned int flags = LITERAL | SUFFIX;
    for (size_t i = 0; i < pattern->size; i++) {
        if (is_special(pattern->text[i])) {
            flags &= ~(unsigned int)LITERAL;
            if (i > 0 || pattern->text[0] != '*')
                flags &= ~(unsigned int)SUFFIX;
        }
        if (pattern->text[i] == '/')
            flags |= ANCHORED;
    }
    return flags;
}

/* Puts a pattern in front of the others. An empty pattern matches nothing and is dropped. */
static void prepend(struct ignore_list *list, struct line pattern, unsigned int flags)
{
    if (pattern.size > 0 && pattern.text[pattern.size - 1] == '/') {
        flags |= DIRECTORY_ONLY;
        pattern.size--;
    }
    if (pattern.size == 0)
        return;
    flags |= classify(&pattern);
    if (pattern.text[0] == '/') { /* only anchors the pattern */
        pattern.text++;
        pattern.size--;
    }
    list->bytes[--list->first] = '\0';
    list->first -= pattern.size;
    memcpy(list->bytes + list->first, pattern.text, pattern.size);
    list->bytes[--list->first] = (char)flags;
}

static void prepend_line(struct ignore_list *list, struct line line)
{
    unsigned int flags = 0;
    if (line.size > 0 && line.text[0] == '!') {
        flags = NEGATED;
        line.text++;
        line.size--;
    }
    prepend(list, line, flags);
}

/* Allocates a list for patterns with a total of `size` bytes. */
static struct ignore_list *new_list(size_t size, size_t patterns)
{
    struct ignore_list *list = NULL;
    size_t limit = SIZE_MAX - sizeof *list;
    if (size > limit || patterns > (limit - size) / 2)
        return NULL;
    size_t capacity = size + 2 * patterns; /* flags and NUL of each */
    list = malloc(sizeof *list + capacity);
    if (list != NULL)
        list->first = list->size = capacity;
    return list;
}

static size_t count_lines(const char *text, size_t size)
{
    size_t count = 1;
    for (size_t i = 0; i < size; i++)
        count += text[i] == '\n';
    return count;
}

struct ignore_list *ignore_parse(const char *text, size_t size)
{
    static const char utf8_bom[] = {'\xef', '\xbb', '\xbf'};
    if (size >= sizeof utf8_bom && memcmp(text, utf8_bom, sizeof utf8_bom) == 0) {
        text += sizeof utf8_bom;
        size -= sizeof utf8_bom;
    }
    size_t lines = count_lines(text, size);
    struct ignore_list *list = new_list(size - (lines - 1), lines); /* newlines are not stored */
    if (list == NULL)
        return NULL;
    for (size_t start = 0; start < size;) {
        const char *end = memchr(text + start, '\n', size - start);
        size_t line_size = end != NULL ? (size_t)(end - text) - start : size - start;
        prepend_line(list, strip_line(text + start, line_size));
        start += line_size + 1;
    }
    return list;
}

/* Whether any path can match: no component may be empty, "." or "..". A slash within a bracket expression does not
 * separate components, so patterns with one are not checked. */
static bool can_match(const char *glob)
{
    const char *part = glob + (glob[0] == '/');

    if (strchr(glob, '[') != NULL)
        return true;
    do {
        const size_t size = strcspn(part, "/");
        if (size == 0 || (size <= 2 && strncmp(part, "..", size) == 0))
            return false;
        part += size;
        part += *part == '/';
    } while (*part != '\0');
    return true;
}

struct ignore_list *ignore_from_glob(const char *glob, bool is_include)
{
    struct line pattern = {.text = glob, .size = strlen(glob)};
    struct ignore_list *list = new_list(pattern.size, 1);
    if (list != NULL && can_match(glob))
        prepend(list, pattern, is_include ? NEGATED : 0);
    return list;
}

bool ignore_is_empty(const struct ignore_list *list)
{
    return list->first == list->size;
}

void ignore_free(struct ignore_list *list)
{
    free(list);
}

/*
 * Matches a pattern with a slash against the whole path. The text before the first special character is compared
 * literally, and only the rest is a glob. git up to 2.51 does this, with a visible effect: a double asterisk right
 * after such text is at the start of the glob and therefore special, so that "a", two asterisks and "/b" match "ab". We
 * do the same because patterns must match as they do in git.
 */
static bool matches_path(const char *pattern, const char *path)
{
    while (*pattern != '\0' && *pattern == *path && !is_special(*pattern)) {
        pattern++;
        path++;
    }
    return is_special(*pattern) ? glob_match(pattern, path) : *pattern == *path;
}

static bool matches_name(unsigned int flags, const char *pattern, const char *name)
{
    if ((flags & LITERAL) != 0)
        return strcmp(pattern, name) == 0;
    if ((flags & SUFFIX) != 0) {
        size_t size = strlen(name);
        size_t suffix = strlen(pattern) - 1;
        return size >= suffix && memcmp(name + size - suffix, pattern + 1, suffix) == 0;
    }
    return glob_match(pattern, name);
}

enum ignore_verdict ignore_match(const struct ignore_list *list, const char *path, size_t name, bool is_directory)
{
    const char *pattern = NULL;
    for (size_t at = list->first; at < list->size; at += strlen(pattern) + 2) {
        unsigned int flags = (unsigned char)list->bytes[at];
        pattern = list->bytes + at + 1;
        if ((flags & DIRECTORY_ONLY) != 0 && !is_directory)
            continue;
        if ((flags & ANCHORED) != 0 ? matches_path(pattern, path) : matches_name(flags, pattern, path + name))
            return (flags & NEGATED) != 0 ? IGNORE_NO : IGNORE_YES;
    }
    return IGNORE_UNDECIDED;
}
