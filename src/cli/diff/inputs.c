/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the inputs of a comparison, and decides what the names in a directory are relative to. */
#include "diff/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/long_path.h"
#include "load/list_filter.h"
#include "util/message.h"

/* One side of the comparison. */
struct side {
    const char *operand;
    struct catalogue *catalogue;
    struct stat status;
    bool is_list;
    char *prefix; /* for a directory: the start of all its names; owned */
};

static void stat_operand(struct side *side)
{
    const bool is_stdin = strcmp(side->operand, "-") == 0;
    const int result =
        is_stdin ? fstat(STDIN_FILENO, &side->status) : long_path_stat(NULL, side->operand, &side->status);

    side->is_list = is_stdin || result != 0 || !S_ISDIR(side->status.st_mode);
}

/* Sets the prefix to `OPERAND/` in its tidy form, which is empty for the current directory. Returns false if memory is
 * short. */
static bool set_prefix(struct side *side)
{
    const size_t size = strlen(side->operand);

    side->prefix = malloc(size + 2);
    if (side->prefix == NULL)
        return false;
    memcpy(side->prefix, side->operand, size);
    memcpy(side->prefix + size, "/", 2);
    catalogue_tidy_name(side->prefix, side->prefix, size + 1);
    if (strcmp(side->prefix, "./") == 0)
        side->prefix[0] = '\0';
    return true;
}

static void shorten_names(struct side *side)
{
    catalogue_shorten_names(side->catalogue, strlen(side->prefix));
}

/* Whether the directory itself could not be read: the failure is then not for a name below it. */
static bool has_failed(const struct side *side)
{
    for (size_t i = 0; i < side->catalogue->count; i++) {
        const struct file_record *file = &side->catalogue->files[i];
        if (file->failure != 0 &&
            (file->name_size <= strlen(side->prefix) || strcmp(file->name, ".") == 0 || strcmp(file->name, "./") == 0))
            return true;
    }
    return false;
}

static bool read_side(struct side *side, const struct load *model)
{
    const struct operands one = {.arguments = &side->operand, .count = 1};
    struct load load = *model;

    load.catalogue = side->catalogue;
    load.keeps_failures = true;
    if (!(side->is_list ? load_list(&load, side->operand) : load_files(&load, &one)))
        return false;
    if (!catalogue_tidy_names(side->catalogue) || (!side->is_list && !set_prefix(side))) {
        message_error(side->operand, strerror(ENOMEM));
        return false;
    }
    return side->is_list || !has_failed(side);
}

/* How many names of a list are also in a directory, whose names are compared without their first `skip` bytes. Those
 * are the same in all of them, so that the order stays sorted. */
static size_t count_matches(const struct file_record *const *list, size_t list_count,
                            const struct file_record *const *directory, size_t directory_count, size_t skip)
{
    size_t common = 0;

    for (size_t i = 0, j = 0; i < list_count && j < directory_count;) {
        const int order = strcmp(list[i]->name, directory[j]->name + skip);
        common += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return common;
}

static bool has_name_below(const struct catalogue *list, const char *prefix)
{
    for (size_t i = 0; i < list->count; i++)
        if (strncmp(list->files[i].name, prefix, strlen(prefix)) == 0)
            return true;
    return false;
}

/* Rule D3: removes the prefix from the names of the directory, or keeps it. */
static bool choose_base(const struct side *list, struct side *directory)
{
    const struct catalogue *catalogue = directory->catalogue;
    const struct file_record **listed = catalogue_by_name(list->catalogue);
    const struct file_record **found = catalogue_by_name(catalogue);
    const bool made = listed != NULL && found != NULL;

    if (made) {
        const size_t whole = count_matches(listed, list->catalogue->count, found, catalogue->count, 0);
        const size_t relative =
            count_matches(listed, list->catalogue->count, found, catalogue->count, strlen(directory->prefix));
        if (whole < relative || (whole == relative && !has_name_below(list->catalogue, directory->prefix)))
            shorten_names(directory);
    }
    free(listed);
    free(found);
    return made;
}

static bool apply_filter(const struct load *model, const struct side *list, const struct side *directory)
{
    const struct filter *filter = &model->source->filter;

    return list_filter_apply(list->catalogue, filter, directory == NULL ? NULL : directory->operand,
                             directory == NULL ? "" : directory->prefix);
}

/* Makes the names of both inputs comparable, and removes from lists what the filter excludes. */
static bool match_names(const struct load *model, struct side *old, struct side *new)
{
    if (old->is_list && new->is_list)
        return apply_filter(model, old, NULL) && apply_filter(model, new, NULL);
    if (old->is_list)
        return choose_base(old, new) && apply_filter(model, old, new);
    if (new->is_list)
        return choose_base(new, old) && apply_filter(model, new, old);
    shorten_names(old);
    shorten_names(new);
    return true;
}

bool diff_inputs_read(struct diff_inputs *inputs, const char *const operands[2], const struct load *model)
{
    struct side old = {.operand = operands[0], .catalogue = &inputs->old};
    struct side new = {.operand = operands[1], .catalogue = &inputs->new};
    struct load load = *model;

    *inputs = (struct diff_inputs){.old = {.files = NULL}};
    stat_operand(&old);
    stat_operand(&new);
    /* Rule D4: a list in the directory that it is compared with is not one of its files. */
    if (old.is_list != new.is_list)
        load.hash.list = old.is_list ? &old.status : &new.status;
    bool done = read_side(&old, &load) && read_side(&new, &load);
    if (done && !match_names(model, &old, &new)) {
        message_error(NULL, strerror(ENOMEM));
        done = false;
    }
    free(old.prefix);
    free(new.prefix);
    return done;
}

void diff_inputs_free(struct diff_inputs *inputs)
{
    catalogue_free(&inputs->old);
    catalogue_free(&inputs->new);
}
