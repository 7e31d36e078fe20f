/* SPDX-License-Identifier: Apache-2.0 */
/* Loads operands into a catalogue, each name once. */
#include "load/load_operands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "files/long_path.h"
#include "lists/line_names.h"
#include "load/list_detect.h"
#include "load/list_filter.h"
#include "load/load_copies.h"
#include "util/message.h"

static bool fail_for_memory(void)
{
    message_error(NULL, strerror(ENOMEM));
    return false;
}

/* Of files that were found, another spelling is a link, as the system knows of both what they are. */
static bool is_link(const struct file_record *known, const char *name)
{
    return known->has_identity && strcmp(known->name, name) != 0;
}

/* If memory is short, a file is hashed again. */
static bool is_new(void *context, const char *name)
{
    const struct file_record *known = NULL;
    return !line_names_find(context, name, &known) || known == NULL || is_link(known, name);
}

/* Hashes the files whose names are not in the catalogue yet. */
static bool hash(struct load *load, const struct operands *operands)
{
    struct line_names names = {.sorted = NULL};
    bool done = false;

    if (load->finds_copies)
        return load_found_files(load, operands);
    if (load->catalogue->count == 0)
        return load_files(load, operands);
    if (line_names_make(&names, load->catalogue)) {
        load->is_wanted = is_new;
        load->context = &names;
        done = load_files(load, operands);
        load->is_wanted = NULL;
        load->context = NULL;
    } else {
        fail_for_memory();
    }
    line_names_free(&names);
    return done;
}

static bool is_repeated_name(const struct line_name *before, const struct line_name *name)
{
    return strcmp(before->key, name->key) == 0 &&
           !(name->line->has_identity && is_link(before->line, name->line->name));
}

/* Removes all files except the first of each name, however it is spelled. */
static bool remove_repeated_names(struct catalogue *catalogue)
{
    struct line_names names = {.sorted = NULL};
    bool *is_repeated = calloc(catalogue->count + 1, sizeof *is_repeated);
    const bool made = line_names_make(&names, catalogue) && is_repeated != NULL;
    size_t kept = 0;

    for (size_t i = 1; made && i < names.count; i++)
        is_repeated[names.sorted[i].line - catalogue->files] = is_repeated_name(&names.sorted[i - 1], &names.sorted[i]);
    for (size_t i = 0; made && i < catalogue->count; i++)
        if (!is_repeated[i])
            catalogue->files[kept++] = catalogue->files[i];
    if (made)
        catalogue->count = kept;
    line_names_free(&names);
    free(is_repeated);
    return made || fail_for_memory();
}

static bool is_directory(const char *path)
{
    struct stat status;
    return long_path_stat(NULL, path, &status) == 0 && S_ISDIR(status.st_mode);
}

enum operand_kind { OPERAND_FILES, OPERAND_LIST, OPERAND_FAILED };

static enum operand_kind kind_of(const struct load *load, const char *operand)
{
    struct list_guess guess = {.is_list = true};
    const int failure = strcmp(operand, "-") == 0 ? 0 : list_detect(operand, load->zero, &guess);

    if (failure != 0) {
        load_report(load, operand, failure);
        return OPERAND_FAILED;
    }
    if (guess.doubt != NULL)
        message_finding(STATUS_OK, operand, "not read as a list: %s", guess.doubt);
    return guess.is_list ? OPERAND_LIST : OPERAND_FILES;
}

/* load_list reports what cannot be read; the rest is still used. */
static bool add_list(struct load *load, const char *path)
{
    struct catalogue *catalogue = load->catalogue;
    const size_t first = catalogue->count;

    load_list(load, path);
    struct catalogue added = {.files = catalogue->files + first, .count = catalogue->count - first};
    if (added.count > 0 && !list_filter_apply(&added, &load->source->filter, NULL, ""))
        return fail_for_memory();
    catalogue->count = first + added.count;
    return true;
}

/* Hashes consecutive files and directories together. */
static bool add_operands(struct load *load, const struct operands *operands)
{
    struct operands files = {.arguments = operands->arguments};
    bool done = true;

    for (int i = 0; done && i < operands->count; i++) {
        const enum operand_kind kind = kind_of(load, operands->arguments[i]);
        if (kind == OPERAND_FILES) {
            files.count++;
            continue;
        }
        done = files.count == 0 || hash(load, &files);
        load->operand = (size_t)i;
        if (done && kind == OPERAND_LIST)
            done = add_list(load, operands->arguments[i]);
        load->operand++;
        files.arguments = operands->arguments + i + 1;
        files.count = 0;
    }
    return done && (files.count == 0 || hash(load, &files));
}

bool load_operands(struct load *load, const struct operands *operands)
{
    /* A single walk yields no name twice. */
    const bool is_one_walk =
        operands->count == 1 && load->catalogue->count == 0 && is_directory(operands->arguments[0]);
    bool done = true;

    if (load->source->names_from != NULL)
        done = hash(load, operands);
    else if (operands->count == 0)
        done = add_list(load, "-");
    else
        done = add_operands(load, operands);
    done = done && (is_one_walk || remove_repeated_names(load->catalogue));
    return done && (!(load->finds_copies || load->has_links) || load_copies(load));
}
