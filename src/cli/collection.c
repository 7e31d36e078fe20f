/* SPDX-License-Identifier: Apache-2.0 */
/* Takes operands into a catalogue and sees that no name is there twice. */
#include "collection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"

/* Names in the order of their bytes; they belong to the catalogue. */
struct known_names {
    const char **names;
    size_t count;
};

static bool fail_for_memory(void)
{
    message_error(NULL, strerror(ENOMEM));
    return false;
}

static bool know_names(struct known_names *known, const struct catalogue *catalogue)
{
    const struct catalogue_file **files = catalogue_by_name(catalogue);

    *known = (struct known_names){.names = calloc(catalogue->count + 1, sizeof *known->names)};
    if (files != NULL && known->names != NULL)
        for (; known->count < catalogue->count; known->count++)
            known->names[known->count] = files[known->count]->name;
    const bool made = files != NULL && known->names != NULL;
    free(files);
    return made || fail_for_memory();
}

static int compare_name(const void *name, const void *known)
{
    return strcmp(name, *(const char *const *)known);
}

static bool is_new(void *context, const char *name)
{
    const struct known_names *known = context;
    return bsearch(name, known->names, known->count, sizeof *known->names, compare_name) == NULL;
}

/* Hashes what no earlier operand has given. */
static bool hash(struct intake *intake, const struct invocation *operands)
{
    struct known_names known = {NULL, 0};
    bool done = false;

    if (intake->catalogue->count == 0)
        return intake_operands(intake, operands);
    if (know_names(&known, intake->catalogue)) {
        intake->is_wanted = is_new;
        intake->context = &known;
        done = intake_operands(intake, operands);
        intake->is_wanted = NULL;
    }
    free(known.names);
    return done;
}

/* Removes all files but the first of each name. */
static bool drop_known_names(struct catalogue *catalogue)
{
    const struct catalogue_file **files = catalogue_by_name(catalogue);
    bool *is_dropped = calloc(catalogue->count + 1, sizeof *is_dropped);
    const bool made = files != NULL && is_dropped != NULL;
    size_t kept = 0;

    for (size_t i = 1; made && i < catalogue->count; i++)
        is_dropped[files[i] - catalogue->files] = strcmp(files[i - 1]->name, files[i]->name) == 0;
    for (size_t i = 0; made && i < catalogue->count; i++)
        if (!is_dropped[i])
            catalogue->files[kept++] = catalogue->files[i];
    if (made)
        catalogue->count = kept;
    free(files);
    free(is_dropped);
    return made || fail_for_memory();
}

static bool is_list(const struct intake *intake, const char *operand)
{
    return strcmp(operand, "-") == 0 || intake_is_list(operand, intake->zero);
}

bool collection_take(struct intake *intake, const struct invocation *operands)
{
    const bool has_names = intake->source->names_from != NULL;
    const bool is_one_walk = operands->count == 1 && intake->catalogue->count == 0;
    bool has_list = operands->count == 0 && !has_names;
    bool done = true;

    if (has_list)
        intake_list(intake, "-");
    if (has_names)
        done = hash(intake, operands);
    for (int first = 0, next; done && !has_names && first < operands->count; first = next) {
        next = first;
        while (next < operands->count && !is_list(intake, operands->arguments[next]))
            next++;
        if (next > first) {
            const struct invocation plain = {
                .command = operands->command, .arguments = operands->arguments + first, .count = next - first};
            done = hash(intake, &plain);
        } else {
            has_list = true;
            intake_list(intake, operands->arguments[next++]);
        }
    }
    /* The names of one walk differ. */
    return done && ((is_one_walk && !has_list) || drop_known_names(intake->catalogue));
}
