/* SPDX-License-Identifier: Apache-2.0 */
/*
 * make_list SEED LINES: makes files with odd names in the current folder, `names`, which holds their NUL-terminated
 * names, and `template`: LINES random lines, good and bad. In them @TAG@ stands for a grammar's tag, @N@ for the code
 * of the N-th name (from 0), @xN@ for a code that belongs to no file, @tN@ for one without its beginning, and @cN@ for
 * the code in the other letter case. No line contains what the two grammars are known to treat differently: an empty or
 * blank name, a name that ends in a slash or is `-`, a code that goes on, a blank line, NUL, the
 * flag `!`, or a byte order mark at the start.
 *
 * make_list verdicts: rewrites the verdicts on standard input as by a coreutils that escapes only names with a newline.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "support/random.h"

enum { FILES = 8, NAME_MAX_HERE = 16, LINE_MAX_HERE = 400 };

static uint64_t state;

static size_t below(size_t limit)
{
    return random_below(&state, limit);
}

static bool one_in(size_t count)
{
    return below(count) == 0;
}

/* ---- Files ---- */

static char names[FILES][NAME_MAX_HERE];

static bool is_usable(size_t number)
{
    const char *name = names[number];

    for (size_t i = 0; i < number; i++)
        if (strcmp(names[i], name) == 0)
            return false;
    return strpbrk(name, "/@") == NULL && strspn(name, " \t") < strlen(name) && strcmp(name, "-") != 0 &&
           strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && strcmp(name, "names") != 0 &&
           strcmp(name, "template") != 0;
}

static void make_name(size_t number)
{
    static const char odd[] = "\\\n\r\t ()=*#-.:,\x1b\x7f\xff\xc3\xa4nr{";

    do {
        const size_t size = 1 + below(NAME_MAX_HERE - 1);
        memset(names[number], 0, NAME_MAX_HERE);
        for (size_t i = 0; i < size; i++)
            names[number][i] = one_in(3)   ? odd[below(sizeof odd - 1)]
                               : one_in(4) ? (char)(1 + below(255))
                                           : (char)('a' + below(6));
    } while (!is_usable(number));
}

static FILE *create(const char *name)
{
    FILE *file = fopen(name, "wb");

    if (file == NULL) {
        perror("make_list");
        exit(1);
    }
    return file;
}

/* The last name belongs to no file, the one before it to a folder. */
static void make_files(void)
{
    FILE *all = create("names");

    for (size_t i = 0; i < FILES; i++) {
        make_name(i);
        fwrite(names[i], 1, strlen(names[i]) + 1, all);
        if (i == FILES - 2) {
            mkdir(names[i], 0777);
        } else if (i < FILES - 2) {
            FILE *file = create(names[i]);
            fprintf(file, "%zu", i);
            fclose(file);
        }
    }
    fclose(all);
}

/* ---- Lines ---- */

struct line {
    char text[LINE_MAX_HERE];
    size_t size;
};

static void add(struct line *line, const char *text)
{
    const size_t size = strlen(text);

    memcpy(line->text + line->size, text, size);
    line->size += size;
}

static void add_blanks(struct line *line)
{
    while (one_in(2) && line->size < 40)
        add(line, one_in(3) ? "\t" : " ");
}

/* Usually escaped properly. Returns whether the line must start with a backslash. */
static void add_name(struct line *line, const char *name, bool is_escaped)
{
    for (; *name != '\0'; name++) {
        const char byte[] = {*name, '\0'};
        if (is_escaped && one_in(80)) /* an invalid escape */
            add(line, one_in(2) ? "\\t" : one_in(2) ? "\\0" : "\\ ");
        if (is_escaped && strchr("\\\n\r", *name) != NULL && !one_in(40))
            add(line, *name == '\\' ? "\\\\" : *name == '\n' ? "\\n" : "\\r");
        else
            add(line, byte);
    }
}

static void add_code(struct line *line, size_t number)
{
    static const char *const kinds[] = {"", "", "", "", "x", "x", "x", "c", "t"};
    char token[16];

    snprintf(token, sizeof token, "@%s%zu@", kinds[below(sizeof kinds / sizeof kinds[0])], number);
    add(line, token);
    if (one_in(80))
        add(line, " ");
}

static void make_tagged(struct line *line, size_t number, bool is_escaped)
{
    add(line, "@TAG@");
    add(line, one_in(20) ? "  (" : one_in(4) ? "(" : " (");
    add_name(line, names[number], is_escaped);
    add(line, one_in(40) ? "" : ")");
    add_blanks(line);
    add(line, one_in(40) ? ":" : "=");
    add_blanks(line);
    add_code(line, number);
}

static void make_plain(struct line *line, size_t number, bool is_escaped)
{
    add_code(line, number);
    add(line, one_in(8) ? "\t" : " ");
    add(line, one_in(30) ? "" : one_in(30) ? "\t" : one_in(30) ? "?" : one_in(2) ? " " : "*");
    add_name(line, names[number], is_escaped);
}

static void make_garbage(struct line *line)
{
    add(line, "g");
    for (size_t i = below(60); i > 0; i--) {
        const char byte[] = {(char)(1 + below(255)), '\0'};
        if (*byte != '\n' && *byte != '@')
            add(line, byte);
    }
}

/* Inserts a special byte anywhere except in a code; blank lines stay empty. */
static void damage(struct line *line)
{
    static const char bytes[] = " \t()=*\\#\r:?";
    const size_t at = below(line->size + 1);

    memmove(line->text + at + 1, line->text + at, line->size - at);
    line->text[at] = bytes[below(sizeof bytes - 1)];
    line->size++;
}

static void make_line(struct line *line)
{
    const size_t number = below(FILES);
    const bool needs_escape = strpbrk(names[number], "\\\n\r") != NULL;
    const bool is_escaped = one_in(20) ? !needs_escape : needs_escape;

    line->size = 0;
    if (one_in(12)) {
        make_garbage(line);
    } else if (one_in(12)) {
        add(line, one_in(2) ? "" : one_in(2) ? "# a comment" : "#");
    } else {
        add_blanks(line);
        add(line, is_escaped ? "\\" : "");
        if (one_in(2))
            make_tagged(line, number, is_escaped);
        else
            make_plain(line, number, is_escaped);
        if (one_in(6))
            damage(line);
    }
    if (one_in(5))
        add(line, "\r");
}

/* Whether a byte directly follows a code, which is then damaged, and not just a bad line. */
static bool has_longer_code(const struct line *line)
{
    for (size_t i = 1; i + 1 < line->size; i++)
        if (line->text[i] == '@' && line->text[i - 1] >= '0' && line->text[i - 1] <= '9' &&
            strchr(" \t", line->text[i + 1]) == NULL && (line->text[i + 1] != '\r' || i + 2 < line->size))
            return true;
    return false;
}

/* Whether both grammars treat the line alike. An unescaped newline would split the line, and its second part could be
 * one that they treat differently. */
static bool is_known(const struct line *line)
{
    const char *end = memchr(line->text, '\n', line->size);
    const char *empty = "()";

    if (has_longer_code(line) || end != NULL ||
        (line->size > 0 && strspn(line->text, " \t\r") >= line->size && line->text[0] != '\r'))
        return false;
    for (size_t i = 0; i + 2 <= line->size; i++)
        if (memcmp(line->text + i, empty, 2) == 0)
            return false;
    return true;
}

/* After a good first line with a flag, coreutils rejects the one-blank format of older tools too. */
static void make_template(size_t lines)
{
    FILE *file = create("template");

    fputs("@0@  first\n", file);
    for (size_t i = 1; i < lines; i++) {
        struct line line;
        do {
            memset(&line, 0, sizeof line);
            make_line(&line);
        } while (!is_known(&line));
        fwrite(line.text, 1, line.size, file);
        if (i + 1 < lines || one_in(2))
            putc('\n', file);
    }
    fclose(file);
}

/* ---- Verdicts ---- */

/* Unescapes a line, in which the last ": " ends the name. */
static void write_verdict(const char *line, size_t size)
{
    const bool is_escaped = line[0] == '\\';
    char *name = calloc(1, size + 1);
    size_t length = 0;

    for (size_t i = is_escaped; name != NULL && i < size; i++) {
        if (is_escaped && line[i] == '\\') {
            i++;
            name[length++] = line[i] == 'n' ? '\n' : line[i] == 'r' ? '\r' : '\\';
        } else {
            name[length++] = line[i];
        }
    }
    if (name != NULL && memchr(name, '\n', length) != NULL)
        fwrite(line, 1, size, stdout);
    else
        fwrite(name, 1, length, stdout);
    putchar('\n');
    free(name);
}

static void write_verdicts(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    while ((size = getline(&line, &room, stdin)) > 0)
        write_verdict(line, (size_t)size - 1);
    free(line);
}

int main(int count, char **arguments)
{
    if (count == 2 && strcmp(arguments[1], "verdicts") == 0) {
        write_verdicts();
        return 0;
    }
    if (count != 3)
        return 2;
    state = strtoull(arguments[1], NULL, 10);
    make_files();
    make_template(strtoul(arguments[2], NULL, 10));
    return 0;
}
