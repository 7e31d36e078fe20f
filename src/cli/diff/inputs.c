/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the inputs of a comparison, and decides what the names in a directory are relative to. */
#include "diff/inputs.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archive_pass.h"
#include "files/long_path.h"
#include "load/list_filter.h"
#include "util/full_name.h"
#include "util/message.h"

/* One side of the comparison. */
struct side {
    const char *operand;
    struct catalogue *catalogue;
    struct stat status;
    bool is_list;
    bool is_archive; /* which counts as a directory */
    char *prefix;    /* for a directory: the start of all its names; owned */
    char *spelling;  /* for a directory: the operand as the names of the list spell it; owned, or NULL */
};

static void side_free(struct side *side)
{
    free(side->prefix);
    free(side->spelling);
}

static void stat_operand(struct side *side)
{
    const bool is_stdin = strcmp(side->operand, "-") == 0;
    const int result =
        is_stdin ? fstat(STDIN_FILENO, &side->status) : long_path_stat(NULL, side->operand, &side->status);

    side->is_archive = archive_pass_is_for_path(side->operand);
    side->is_list = !side->is_archive && (is_stdin || result != 0 || !S_ISDIR(side->status.st_mode));
}

/* Sets the prefix to `OPERAND/` in its tidy form, which is empty for the current directory, or to `OPERAND!/` for an
 * archive. Returns false if memory is short. */
static bool set_prefix(struct side *side)
{
    const char *operand = side->spelling != NULL ? side->spelling : side->operand;
    const size_t size = strlen(operand);

    char *prefix = malloc(size + 3);
    if (prefix == NULL)
        return false;
    memcpy(prefix, operand, size);
    memcpy(prefix + size, side->is_archive ? "!/" : "/", side->is_archive ? 3 : 2);
    catalogue_tidy_name(prefix, prefix, strlen(prefix));
    if (strcmp(prefix, "./") == 0)
        prefix[0] = '\0';
    side->prefix = prefix;
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

/* ---- Spellings of names ---- */

static bool has_relative_name(const struct side *side)
{
    for (size_t i = 0; i < side->catalogue->count; i++)
        if (side->catalogue->files[i].name[0] != '/')
            return true;
    return false;
}

/* Removes the current directory from absolute names. As they are tidy, what follows it is their end. Returns false if
 * memory is short. */
static bool make_names_relative(const struct current_directory *current, struct side *side)
{
    for (size_t i = 0; i < side->catalogue->count; i++) {
        struct file_record *file = &side->catalogue->files[i];
        if (file->name[0] != '/')
            continue;
        char *full = full_name(current, file->name, file->name_size);
        if (full == NULL)
            return false;
        const size_t size = strlen(full_name_from_current(current, full));
        if (size > 0 && size < file->name_size) {
            file->name += file->name_size - size;
            file->name_size = size;
        }
        free(full);
    }
    return true;
}

/* Sets `size` to the length of the start of a name that is the directory with this full name, or to SIZE_MAX. Returns
 * false if memory is short. */
static bool find_directory(const struct current_directory *current, const struct file_record *file, const char *full,
                           size_t *size)
{
    char *name = full_name(current, file->name, file->name_size);
    const bool may_be_below = name != NULL && strncmp(name, full, strlen(full)) == 0;
    const bool has_memory = name != NULL;

    *size = SIZE_MAX;
    free(name);
    return may_be_below ? full_name_find(current, file->name, full, size) : has_memory;
}

/* Finds the first name of the list that is below the directory, and spells the directory as it does. Returns false if
 * memory is short. */
static bool spell_as_list(const struct current_directory *current, const struct side *list, struct side *directory)
{
    size_t length = strlen(directory->operand);
    size_t size = SIZE_MAX;

    if (directory->is_archive)
        return true;
    while (length > 1 && directory->operand[length - 1] == '/')
        length--;
    char *full = full_name(current, directory->operand, length);
    bool made = full != NULL;
    for (size_t i = 0; made && size == SIZE_MAX && i < list->catalogue->count; i++) {
        const char *name = list->catalogue->files[i].name;
        made = find_directory(current, &list->catalogue->files[i], full, &size);
        if (made && size != SIZE_MAX) {
            directory->spelling = size == 0 ? strdup(".") : strndup(name, size);
            made = directory->spelling != NULL;
        }
    }
    free(full);
    return made;
}

static bool read_side(struct side *side, const struct load *model)
{
    const char *operand = side->spelling != NULL ? side->spelling : side->operand;
    const struct operands one = {.arguments = &operand, .count = 1};
    struct load load = *model;

    load.catalogue = side->catalogue;
    load.keeps_failures = true;
    const bool is_loaded = side->is_archive ? load_archive(&load, operand)
                           : side->is_list  ? load_list(&load, operand)
                                            : load_files(&load, &one);
    if (!is_loaded)
        return false;
    if (!catalogue_tidy_names(side->catalogue) || (!side->is_list && !set_prefix(side))) {
        message_error(side->operand, strerror(ENOMEM));
        return false;
    }
    if (!side->is_list && has_failed(side))
        return false;
    /* A walk leaves out what the filter excludes. */
    const bool has_memory =
        !side->is_archive || list_filter_apply(side->catalogue, &model->source->filter, NULL, side->prefix);
    if (!has_memory)
        message_error(side->operand, strerror(ENOMEM));
    return has_memory;
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

/* Reads the list first, to spell the directory as its names do. */
static bool read_list_and_directory(const struct current_directory *current, const struct load *load, struct side *list,
                                    struct side *directory)
{
    if (!read_side(list, load))
        return false;
    if ((!has_relative_name(list) || make_names_relative(current, list)) && spell_as_list(current, list, directory))
        return read_side(directory, load);
    message_error(NULL, strerror(ENOMEM));
    return false;
}

/* Makes the names of both inputs comparable, and removes from lists what the filter excludes. */
static bool match_names(const struct current_directory *current, const struct load *model, struct side *old,
                        struct side *new)
{
    if (old->is_list && new->is_list) {
        const bool is_relative = has_relative_name(old) || has_relative_name(new);
        return (!is_relative || (make_names_relative(current, old) && make_names_relative(current, new))) &&
               apply_filter(model, old, NULL) && apply_filter(model, new, NULL);
    }
    if (old->is_list)
        return choose_base(old, new) && apply_filter(model, old, new);
    if (new->is_list)
        return choose_base(new, old) && apply_filter(model, new, old);
    shorten_names(old);
    shorten_names(new);
    return true;
}

static bool read_sides(const struct current_directory *current, const struct load *load, struct side *old,
                       struct side *new)
{
    if (old->is_list == new->is_list)
        return read_side(old, load) && read_side(new, load);
    return read_list_and_directory(current, load, old->is_list ? old : new, old->is_list ? new : old);
}

bool diff_inputs_read(struct diff_inputs *inputs, const char *const operands[2], const struct load *model)
{
    struct side old = {.operand = operands[0], .catalogue = &inputs->old};
    struct side new = {.operand = operands[1], .catalogue = &inputs->new};
    struct current_directory current = {.path = NULL};
    struct load load = *model;

    *inputs = (struct diff_inputs){.old = {.files = NULL}};
    stat_operand(&old);
    stat_operand(&new);
    /* Rule D4: a list in the directory that it is compared with is not one of its files. */
    if (old.is_list != new.is_list)
        load.hash.list = old.is_list ? &old.status : &new.status;
    bool has_memory = current_directory_find(&current);
    const bool is_read = has_memory && read_sides(&current, &load, &old, &new);
    has_memory = has_memory && (!is_read || match_names(&current, model, &old, &new));
    if (!has_memory)
        message_error(NULL, strerror(ENOMEM));
    current_directory_free(&current);
    side_free(&old);
    side_free(&new);
    return is_read && has_memory;
}

void diff_inputs_free(struct diff_inputs *inputs)
{
    catalogue_free(&inputs->old);
    catalogue_free(&inputs->new);
}
