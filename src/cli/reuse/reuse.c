/* SPDX-License-Identifier: Apache-2.0 */
/* Joins the lines of a list with the jobs of a walk. */
#include "reuse/reuse.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files/walk_order.h"
#include "lists/catalogue.h"
#include "lists/list_reader.h"
#include "lists/record_reader.h"
#include "reuse/list_order.h"
#include "util/failure.h"
#include "util/message.h"
#include "util/path_set.h"

struct reuse {
    const char *path;
    struct reuse_needs needs;
    int descriptor;
    uint64_t size; /* when it was opened: what is added meanwhile is not read */
    struct list_reader *list;
    struct walk_order order;
    struct path_set operands;
    bool has_warned; /* of a bad line */

    /* While the list is in the order of the walk. */
    struct list_entry line; /* the next one that could stand for a file */
    size_t line_operand;    /* and the operand that it belongs to */
    bool has_line;
    bool is_used; /* this line was found, and no other job has its name */

    /* Otherwise. */
    bool is_loaded;
    struct catalogue catalogue;
    const struct file_record **by_name; /* NULL if memory was short */
};

static bool fail(const char *path, const char *reason)
{
    message_error(path, reason);
    return false;
}

/* ---- Lines ---- */

static bool is_sufficient(const struct reuse *reuse, const struct file_record *file)
{
    const struct reuse_needs *needs = &reuse->needs;
    const unsigned bits = needs->flags == ISCC_WIDE ? 128 : 64;
    const unsigned data_bits = needs->units ? 256 : bits;
    const unsigned instance_bits = needs->units || needs->datahash ? 256 : bits;

    return file->failure == 0 && file->has_times && file->has_filesize && !file->is_contradictory &&
           !file_record_is_tree(file) && file->data_bits >= data_bits && file->instance_bits >= instance_bits &&
           (!needs->text || file->text_bits == 256);
}

/* The results are right without the line, so the status stays. */
static void warn(struct reuse *reuse, uint64_t line)
{
    if (!reuse->has_warned)
        message_finding(STATUS_OK, reuse->path, "%" PRIu64 ": not used, like any other bad line: %s", line,
                        failure_text(FAILURE_LINE));
    reuse->has_warned = true;
}

/* Reads the next line that could stand for a file. */
static bool read_line(struct reuse *reuse, struct list_entry *line)
{
    enum list_event event;

    while ((event = list_reader_next(reuse->list, line)) != LIST_END) {
        if (event == LIST_BAD_LINE || event == LIST_DAMAGED_LINE)
            warn(reuse, line->file.line);
        else if (is_sufficient(reuse, &line->file))
            return true;
    }
    if (list_reader_failure(reuse->list) != 0)
        fail(reuse->path, failure_text(list_reader_failure(reuse->list)));
    return false;
}

static bool start_reading(struct reuse *reuse)
{
    if (lseek(reuse->descriptor, 0, SEEK_SET) < 0)
        return fail(reuse->path, strerror(errno));
    reuse->list = list_reader_new(reuse->descriptor, false);
    if (reuse->list == NULL)
        return fail(reuse->path, strerror(ENOMEM));
    list_reader_limit(reuse->list, reuse->size);
    list_reader_detect_terminator(reuse->list);
    return true;
}

/* ---- In memory ---- */

/* Without memory for all lines, those that fit are used. */
static void load(struct reuse *reuse)
{
    struct list_entry line;
    bool has_memory = true;

    reuse->is_loaded = true;
    while (has_memory && read_line(reuse, &line))
        has_memory = catalogue_add(&reuse->catalogue, &line.file);
    reuse->by_name = catalogue_by_name(&reuse->catalogue);
    if (!has_memory || reuse->by_name == NULL)
        fail(reuse->path, strerror(ENOMEM));
}

/* The last line of that name, as a list that was added to has the newest last. */
static const struct file_record *find_loaded(const struct reuse *reuse, const char *name)
{
    size_t low = 0;

    for (size_t high = reuse->by_name == NULL ? 0 : reuse->catalogue.count; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(reuse->by_name[middle]->name, name) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && strcmp(reuse->by_name[low - 1]->name, name) == 0 ? reuse->by_name[low - 1] : NULL;
}

/* ---- Along with the walk ---- */

/* Goes on to the next line that belongs to an operand. */
static void advance(struct reuse *reuse)
{
    do {
        reuse->has_line = read_line(reuse, &reuse->line);
        reuse->line_operand = reuse->has_line ? path_set_find(&reuse->operands, reuse->line.file.name) : 0;
    } while (reuse->has_line && reuse->line_operand == reuse->operands.count);
    reuse->is_used = false;
}

/* Returns the line for a job, or NULL. */
static const struct file_record *find_next(struct reuse *reuse, const struct job *job)
{
    const size_t operand = job->operand;
    int order = -1;

    if (reuse->is_used)
        advance(reuse);
    while (reuse->has_line && (order = list_order_compare(&reuse->order, reuse->line_operand, reuse->line.file.name,
                                                          operand, job->path)) < 0)
        advance(reuse);
    reuse->is_used = reuse->has_line && order == 0;
    return reuse->is_used ? &reuse->line.file : NULL;
}

bool reuse_find(struct reuse *reuse, struct job *job)
{
    if (job->failure != 0 || (job->kind != JOB_OPERAND && job->kind != JOB_ENTRY))
        return false;
    const struct file_record *found = reuse->is_loaded ? find_loaded(reuse, job->path) : find_next(reuse, job);
    if (found == NULL || (job->line == NULL && (job->line = malloc(sizeof *job->line)) == NULL))
        return false;
    job->line->file = *found;
    job->line->file.name = job->path;
    job->line->file.flags = (uint8_t)reuse->needs.flags;
    job->listed = &job->line->file;
    return true;
}

bool reuse_is_up_to_date(const void *context, const struct file_record *listed, const struct stat *status)
{
    (void)context;
    return file_record_same_stat(listed, status);
}

/* ---- The whole ---- */

/* Whether it is known to which operand each name belongs. False also if memory is short. */
static bool add_operands(struct reuse *reuse, const struct operands *operands)
{
    bool is_known = true;

    for (int i = 0; i < operands->count && is_known; i++)
        is_known = path_set_add(&reuse->operands, operands->arguments[i]);
    path_set_sort(&reuse->operands);
    for (int i = 0; i < operands->count && is_known; i++)
        is_known = path_set_find(&reuse->operands, operands->arguments[i]) == (size_t)i &&
                   path_set_find_ancestor(&reuse->operands, operands->arguments[i]) == reuse->operands.count;
    return is_known;
}

static bool open_list(struct reuse *reuse)
{
    struct stat status;

    reuse->descriptor = record_open(reuse->path);
    if (reuse->descriptor < 0 || fstat(reuse->descriptor, &status) != 0)
        return fail(reuse->path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return fail(reuse->path, S_ISDIR(status.st_mode) ? strerror(EISDIR) : "not a regular file");
    reuse->size = (uint64_t)status.st_size;
    return true;
}

struct reuse *reuse_open(const char *path, const struct operands *operands, const struct source_settings *settings,
                         const struct reuse_needs *needs)
{
    struct reuse *reuse = calloc(1, sizeof *reuse);

    if (reuse == NULL) {
        fail(path, strerror(ENOMEM));
        return NULL;
    }
    *reuse = (struct reuse){.path = path, .needs = *needs, .descriptor = -1};
    const bool is_open = open_list(reuse);
    const bool in_order = is_open && settings->names_from == NULL && add_operands(reuse, operands) &&
                          list_order_holds(reuse->descriptor, reuse->size, &reuse->operands, &reuse->order);
    if (!is_open || !start_reading(reuse)) {
        reuse_close(reuse);
        return NULL;
    }
    if (in_order)
        advance(reuse);
    else
        load(reuse);
    return reuse;
}

void reuse_close(struct reuse *reuse)
{
    if (reuse == NULL)
        return;
    list_reader_free(reuse->list);
    if (reuse->descriptor >= 0)
        record_close(reuse->descriptor);
    walk_order_free(&reuse->order);
    path_set_free(&reuse->operands);
    catalogue_free(&reuse->catalogue);
    free(reuse->by_name);
    free(reuse);
}
