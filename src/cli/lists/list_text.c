/* SPDX-License-Identifier: Apache-2.0 */
/* Parsing of text lines: docs/check-rules.md, R2 to R5. */
#include "lists/list_text.h"

#include <string.h>

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static char *skip_blanks(char *text)
{
    while (is_blank(*text))
        text++;
    return text;
}

/* Returns the byte that a backslash and `byte` stand for, or NUL if they are not an escape. */
static char escaped(char byte)
{
    return byte == '\\' ? '\\' : byte == 'n' ? '\n' : byte == 'r' ? '\r' : '\0';
}

/* Unescapes the name in place. Returns false for an unknown escape. */
static bool unescape(char *name, size_t *size)
{
    char *out = name;

    for (const char *in = name; *in != '\0'; in++) {
        *out = *in == '\\' ? escaped(*++in) : *in;
        if (*out++ == '\0')
            return false;
    }
    *out = '\0';
    *size = (size_t)(out - name);
    return true;
}

/* Returns the text after a tag and its opening parenthesis, or NULL. */
static char *skip_tag(char *text)
{
    static const char *const tags[] = {"ISCC-SUM", "ISCC"};

    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        const size_t size = strlen(tags[i]);
        if (strncmp(text, tags[i], size) != 0)
            continue;
        char *rest = text + size + (text[size] == ' ');
        if (*rest == '(')
            return rest + 1;
    }
    return NULL;
}

static enum parse_result set_code(struct list_entry *line, const char *text, size_t size)
{
    if (list_entry_set_code(line, text, size))
        return PARSE_GOOD;
    return list_entry_is_like_code(text, size) ? PARSE_DAMAGED : PARSE_BAD;
}

/* Splits the rest of a tagged line into name and code. */
static enum parse_result split_tagged(char *text, const char *end, struct list_entry *line)
{
    char *close = strrchr(text, ')');

    if (close == NULL)
        return PARSE_BAD;
    char *code = skip_blanks(close + 1);
    if (*code != '=')
        return PARSE_BAD;
    code = skip_blanks(code + 1);
    *close = '\0';
    line->file.name_size = (size_t)(close - text);
    return set_code(line, code, (size_t)(end - code));
}

static enum parse_result split_plain(char *text, const char *end, struct list_entry *line, char **name)
{
    const size_t code_size = strcspn(text, " \t");

    if (text[code_size] == '\0' || strchr(" *!", text[code_size + 1]) == NULL || text[code_size + 1] == '\0')
        return PARSE_BAD;
    line->file.is_member = text[code_size + 1] == '!';
    *name = text + code_size + 2;
    line->file.name_size = (size_t)(end - *name);
    return set_code(line, text, code_size);
}

/* Skips what iscc similar writes before a line: a distance, or that it is another name of the same file. */
static char *skip_mark(char *text)
{
    static const char link[] = "same file ";

    if (strncmp(text, link, sizeof link - 1) == 0)
        return text + sizeof link - 1;
    if (*text != '~' && *text != '=')
        return text;
    const size_t digits = strspn(text + 1, "0123456789");
    return digits > 0 && text[1 + digits] == ' ' ? text + digits + 2 : text;
}

enum parse_result list_text_parse(char *text, size_t size, bool zero, struct list_entry *line)
{
    const char *end = text + size;

    if (memchr(text, '\0', size) != NULL)
        return PARSE_BAD;
    text = skip_mark(skip_blanks(text));
    const bool is_escaped = *text == '\\';
    if (is_escaped && zero)
        return PARSE_BAD;
    text += is_escaped;
    char *name = skip_tag(text);
    line->is_tagged = name != NULL;
    const enum parse_result result = name != NULL ? split_tagged(name, end, line) : split_plain(text, end, line, &name);
    if (result == PARSE_BAD || line->file.name_size == 0 || (is_escaped && !unescape(name, &line->file.name_size)))
        return PARSE_BAD;
    line->file.name = name;
    return result;
}
