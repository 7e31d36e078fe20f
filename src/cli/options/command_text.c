/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes words as bash and POSIX.1-2024 do: $'...'. */
#include "options/command_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options/command.h"
#include "util/array.h"

static void append(struct command_text *text, const char *bytes, size_t size)
{
    char *grown = text->has_failed ? NULL : array_grow(text->text, &text->capacity, text->size + size + 1, 1);

    text->has_failed = grown == NULL;
    if (grown == NULL)
        return;
    text->text = grown;
    memcpy(grown + text->size, bytes, size);
    text->size += size;
    grown[text->size] = '\0';
}

static void append_string(struct command_text *text, const char *string)
{
    append(text, string, strlen(string));
}

static bool is_plain(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./_-";
    return *word != '\0' && strspn(word, plain) == strlen(word);
}

static void append_quoted(struct command_text *text, const char *word)
{
    char escape[sizeof "\\ooo"];

    append_string(text, "$'");
    for (; *word != '\0'; word++) {
        const unsigned byte = (unsigned char)*word;
        if (byte < ' ' || byte >= 0x7f || byte == '\\' || byte == '\'') {
            snprintf(escape, sizeof escape, "\\%03o", byte);
            append_string(text, escape);
        } else {
            append(text, word, 1);
        }
    }
    append_string(text, "'");
}

void command_text_word(struct command_text *text, const char *word)
{
    if (text->size > 0)
        append_string(text, " ");
    if (is_plain(word))
        append_string(text, word);
    else
        append_quoted(text, word);
}

void command_text_option(struct command_text *text, const struct option_spec *option, const char *value)
{
    if (option->is_of_invocation || option->leaves_results)
        return;
    append_string(text, text->size > 0 ? " --" : "--");
    append_string(text, option->name);
    if (value == NULL)
        return;
    append_string(text, "=");
    if (is_plain(value))
        append_string(text, value);
    else
        append_quoted(text, value);
}

void command_text_operands(struct command_text *text, const struct operands *operands)
{
    command_text_word(text, "--");
    for (int i = 0; i < operands->count; i++)
        command_text_word(text, operands->arguments[i]);
}

void command_text_free(struct command_text *text)
{
    free(text->text);
    *text = (struct command_text){.text = NULL};
}
