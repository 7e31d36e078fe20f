/* SPDX-License-Identifier: Apache-2.0 */
/* Compares a mistyped word with every name by the number of edits between them (optimal string alignment distance). The
 * beginning of an option's name, which other programs accept for the whole, is one edit away. */
#include "options/suggestion.h"

#include <string.h>

/* No name is longer; a word that is longer by more than EDITS_MAX is near none. */
enum { NAME_MAX_SIZE = 32, EDITS_MAX = 2 };

/* Two edits make most words of three letters into most others. */
enum { SHORT_WORD = 6 };

struct nearest {
    const char *word;
    size_t size;
    const char *name; /* the nearest so far, or NULL */
    size_t edits;
};

static size_t minimum(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Row by row: before each step, row[j] is the distance between the bytes of the word so far and the name's first j, and
 * above[j] that of the word without its last byte. */
static size_t count_edits(const char *word, size_t size, const char *name, size_t name_size)
{
    size_t above[NAME_MAX_SIZE + 1] = {0};
    size_t row[NAME_MAX_SIZE + 1];
    size_t next[NAME_MAX_SIZE + 1] = {0};

    for (size_t j = 0; j <= NAME_MAX_SIZE; j++)
        row[j] = j;
    for (size_t i = 0; i < size; i++) {
        next[0] = i + 1;
        for (size_t j = 0; j < name_size; j++) {
            const size_t replaced = row[j] + (word[i] != name[j]);
            next[j + 1] = minimum(replaced, minimum(next[j], row[j + 1]) + 1);
            if (i > 0 && j > 0 && word[i] == name[j - 1] && word[i - 1] == name[j])
                next[j + 1] = minimum(next[j + 1], above[j - 1] + 1);
        }
        memcpy(above, row, sizeof above);
        memcpy(row, next, sizeof row);
    }
    return row[name_size];
}

static struct nearest nearest_begin(const char *word, size_t size)
{
    const size_t most = size < SHORT_WORD ? 1 : EDITS_MAX;
    return (struct nearest){.word = word, .size = size, .edits = minimum(most + 1, size)};
}

static void consider(struct nearest *nearest, const char *name, bool may_be_short)
{
    const size_t size = strlen(name);

    if (size > NAME_MAX_SIZE || nearest->size > NAME_MAX_SIZE + EDITS_MAX)
        return;
    const bool is_short = may_be_short && nearest->size > 1 && strncmp(nearest->word, name, nearest->size) == 0;
    const size_t edits = is_short ? 1 : count_edits(nearest->word, nearest->size, name, size);
    if (edits < nearest->edits) {
        nearest->edits = edits;
        nearest->name = name;
    }
}

const char *suggestion_of_command(const struct command *const *commands, const char *word, size_t size)
{
    struct nearest nearest = nearest_begin(word, size);

    for (; *commands != NULL; commands++)
        consider(&nearest, (*commands)->name, false);
    return nearest.name;
}

const char *suggestion_of_option(const struct command *command, const char *word, size_t size)
{
    struct nearest nearest = nearest_begin(word, size);

    for (const struct option_spec *option = option_from(command->options); option != NULL;
         option = option_from(option + 1))
        consider(&nearest, option->name, true);
    return nearest.name;
}
