/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of gitignore(5) patterns.
 *
 * A list is one block: for each pattern a byte of flags, its text, and NUL; the last line of the file comes first,
 * because it is asked first. So a list never takes more than twice the bytes of its file.
 */
#include "filter/ignore.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "filter/glob.h"

enum flag {
    NEGATED = 1,        /* says that what matches is not ignored */
    DIRECTORY_ONLY = 2, /* had a slash at its end */
    ANCHORED = 4,       /* has a slash elsewhere: matches the whole path, not its last component */
    LITERAL = 8,        /* without special characters */
    SUFFIX = 16         /* an asterisk, then no special characters */
};

struct ignore_list {
    size_t first; /* where in `bytes` the patterns begin */
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

/* Blanks at the end do not count, but one behind a backslash does. */
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

/* What remains of a line when its end of line, a NUL and what follows it, and blanks at its end are taken off. */
static struct line strip(const char *text, size_t size)
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

static unsigned int shape(const struct line *pattern)
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

/* Puts a pattern before those that are there. A pattern without text matches nothing and is left out. */
static void prepend(struct ignore_list *list, struct line pattern, unsigned int flags)
{
    if (pattern.size > 0 && pattern.text[pattern.size - 1] == '/') {
        flags |= DIRECTORY_ONLY;
        pattern.size--;
    }
    if (pattern.size == 0)
        return;
    flags |= shape(&pattern);
    if (pattern.text[0] == '/') { /* has done its work */
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

/* Room for patterns of so many bytes together. */
static struct ignore_list *new_list(size_t size, size_t patterns)
{
    struct ignore_list *list = NULL;
    size_t limit = SIZE_MAX - sizeof *list;
    if (size > limit || patterns > (limit - size) / 2)
        return NULL;
    size_t room = size + 2 * patterns; /* flags and NUL of each */
    list = malloc(sizeof *list + room);
    if (list != NULL)
        list->first = list->size = room;
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
    static const char mark[] = {'\xef', '\xbb', '\xbf'};
    if (size >= sizeof mark && memcmp(text, mark, sizeof mark) == 0) {
        text += sizeof mark;
        size -= sizeof mark;
    }
    size_t lines = count_lines(text, size);
    struct ignore_list *list = new_list(size - (lines - 1), lines); /* of the line ends nothing is kept */
    if (list == NULL)
        return NULL;
    for (size_t start = 0; start < size;) {
        const char *end = memchr(text + start, '\n', size - start);
        size_t line_size = end != NULL ? (size_t)(end - text) - start : size - start;
        prepend_line(list, strip(text + start, line_size));
        start += line_size + 1;
    }
    return list;
}

/* Whether there can be a path with these parts. A bracket expression may hold a slash that parts nothing. */
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

struct ignore_list *ignore_from_glob(const char *glob, bool takes)
{
    struct line pattern = {.text = glob, .size = strlen(glob)};
    struct ignore_list *list = new_list(pattern.size, 1);
    if (list != NULL && can_match(glob))
        prepend(list, pattern, takes ? NEGATED : 0);
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
 * A slash in the pattern: the whole path is matched. What stands before the first special character is compared on its
 * own, and only the rest is a glob. git does so up to 2.51, and it can be seen: a double asterisk right behind such
 * text begins the glob and is special, so that "a", two asterisks and "/b" match "ab". It is kept because git is the
 * judge of our patterns.
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

enum ignore_verdict ignore_judge(const struct ignore_list *list, const char *path, size_t name, bool is_directory)
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
