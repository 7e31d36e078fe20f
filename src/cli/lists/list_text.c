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

/* Splits the rest of a tagged line into name and code. Returns false for a bad line. */
static bool split_tagged(char *text, const char *end, struct list_line *line)
{
    char *close = strrchr(text, ')');

    if (close == NULL)
        return false;
    char *code = skip_blanks(close + 1);
    if (*code != '=')
        return false;
    code = skip_blanks(code + 1);
    *close = '\0';
    line->file.name_size = (size_t)(close - text);
    return list_line_set_code(line, code, (size_t)(end - code));
}

static bool split_plain(char *text, const char *end, struct list_line *line, char **name)
{
    const size_t code_size = strcspn(text, " \t");

    if (text[code_size] == '\0' || (text[code_size + 1] != ' ' && text[code_size + 1] != '*'))
        return false;
    *name = text + code_size + 2;
    line->file.name_size = (size_t)(end - *name);
    return list_line_set_code(line, text, code_size);
}

/* Skips the distance that iscc similar writes before a line. */
static char *skip_distance(char *text)
{
    if (*text != '~' && *text != '=')
        return text;
    const size_t digits = strspn(text + 1, "0123456789");
    return digits > 0 && text[1 + digits] == ' ' ? text + digits + 2 : text;
}

bool list_text_parse(char *text, size_t size, bool zero, struct list_line *line)
{
    const char *end = text + size;

    if (memchr(text, '\0', size) != NULL)
        return false;
    text = skip_distance(skip_blanks(text));
    const bool is_escaped = *text == '\\';
    if (is_escaped && zero)
        return false;
    text += is_escaped;
    char *name = skip_tag(text);
    line->is_tagged = name != NULL;
    if (name != NULL ? !split_tagged(name, end, line) : !split_plain(text, end, line, &name))
        return false;
    line->file.name = name;
    return line->file.name_size > 0 && (!is_escaped || unescape(name, &line->file.name_size));
}
