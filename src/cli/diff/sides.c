/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the operands of a comparison, and finds out what names of a directory are relative to. */
#include "diff/sides.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load/list_filter.h"
#include "util/message.h"

/* One operand. */
struct side {
    char *operand;
    struct catalogue *catalogue;
    struct stat status;
    bool is_list;
    char *prefix; /* of a directory: what all its names begin with */
};

static void look_at(struct side *side)
{
    const bool is_stdin = strcmp(side->operand, "-") == 0;
    const int result = is_stdin ? fstat(STDIN_FILENO, &side->status) : stat(side->operand, &side->status);

    side->is_list = is_stdin || result != 0 || !S_ISDIR(side->status.st_mode);
}

/* Makes the prefix: `OPERAND/` in its tidy form, which is empty for the current directory. False if memory is short. */
static bool make_prefix(struct side *side)
{
    struct catalogue one = {.files = NULL};
    const size_t size = strlen(side->operand);

    side->prefix = malloc(size + 2);
    if (side->prefix == NULL)
        return false;
    memcpy(side->prefix, side->operand, size);
    memcpy(side->prefix + size, "/", 2);
    const struct file_record file = {.name = side->prefix, .name_size = size + 1};
    const bool made = catalogue_add(&one, &file) && catalogue_tidy_names(&one);
    if (made) { /* a tidy name is never longer */
        const char *tidy = strcmp(one.files[0].name, "./") == 0 ? "" : one.files[0].name;
        memcpy(side->prefix, tidy, strlen(tidy) + 1);
    }
    catalogue_free(&one);
    return made;
}

static void shorten_names(struct side *side)
{
    catalogue_shorten_names(side->catalogue, strlen(side->prefix));
}

/* Whether the directory itself could not be read: what failed then has no name below it. */
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

static bool read_side(struct side *side, const struct invocation *operands, const struct load *model)
{
    const struct invocation one = {.command = operands->command, .arguments = &side->operand, .count = 1};
    struct load load = *model;

    load.catalogue = side->catalogue;
    load.keeps_failures = true;
    if (!(side->is_list ? load_list(&load, side->operand) : load_files(&load, &one)))
        return false;
    if (!catalogue_tidy_names(side->catalogue) || (!side->is_list && !make_prefix(side))) {
        message_error(side->operand, strerror(ENOMEM));
        return false;
    }
    return side->is_list || !has_failed(side);
}

/* How many names of a list are those of a directory without their first `skip` bytes, which are the same in all. */
static size_t count_common(const struct file_record *const *list, size_t list_count,
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

/* Rule D3: takes the operand out of the names of the directory, or leaves it there. */
static bool choose_names(const struct side *list, struct side *directory)
{
    const struct catalogue *catalogue = directory->catalogue;
    const struct file_record **listed = catalogue_by_name(list->catalogue);
    const struct file_record **found = catalogue_by_name(catalogue);
    const bool made = listed != NULL && found != NULL;

    if (made) {
        const size_t whole = count_common(listed, list->catalogue->count, found, catalogue->count, 0);
        const size_t relative =
            count_common(listed, list->catalogue->count, found, catalogue->count, strlen(directory->prefix));
        if (whole < relative || (whole == relative && !has_name_below(list->catalogue, directory->prefix)))
            shorten_names(directory);
    }
    free(listed);
    free(found);
    return made;
}

static bool is_chosen(const struct load *model, const struct side *list, const struct side *directory)
{
    const struct filter *filter = &model->source->filter;

    return list_filter_apply(list->catalogue, filter, directory == NULL ? NULL : directory->operand,
                             directory == NULL ? "" : directory->prefix);
}

/* Makes the names of both sides comparable, and takes out of lists what was not chosen. */
static bool match_names(const struct load *model, struct side *old, struct side *new)
{
    if (old->is_list && new->is_list)
        return is_chosen(model, old, NULL) && is_chosen(model, new, NULL);
    if (old->is_list)
        return choose_names(old, new) && is_chosen(model, old, new);
    if (new->is_list)
        return choose_names(new, old) && is_chosen(model, new, old);
    shorten_names(old);
    shorten_names(new);
    return true;
}

bool sides_read(struct sides *sides, const struct invocation *operands, const struct load *model)
{
    struct side old = {.operand = operands->arguments[0], .catalogue = &sides->old};
    struct side new = {.operand = operands->arguments[1], .catalogue = &sides->new};
    struct load load = *model;

    *sides = (struct sides){.old = {.files = NULL}};
    look_at(&old);
    look_at(&new);
    /* A list is no file of the directory that it is compared with. */
    if (old.is_list != new.is_list)
        load.hash.list = old.is_list ? &old.status : &new.status;
    bool done = read_side(&old, operands, &load) && read_side(&new, operands, &load);
    if (done && !match_names(model, &old, &new)) {
        message_error(NULL, strerror(ENOMEM));
        done = false;
    }
    free(old.prefix);
    free(new.prefix);
    return done;
}

void sides_free(struct sides *sides)
{
    catalogue_free(&sides->old);
    catalogue_free(&sides->new);
}
