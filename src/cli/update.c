/* SPDX-License-Identifier: Apache-2.0 */
/* Lines become jobs, and jobs lines of the new list: docs/update.md, U1 to U9. */
#include "update.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalogue.h"
#include "engine.h"
#include "failure.h"
#include "format.h"
#include "intake.h"
#include "listed_job.h"
#include "message.h"
#include "output.h"
#include "path_set.h"

struct update {
    const struct update_settings *settings;
    const char *path; /* of the list */
    struct catalogue list;
    const struct catalogue_file **by_name;
    bool *is_taken; /* for each line, whether a job was made of it: the walker's alone */
    bool *is_gone;  /* for each line with a job, whether that has shown that there is no file: the printer's alone */

    char **operands; /* the PATHs */
    size_t operand_count;
    struct path_set paths;
    bool *is_begun; /* for each PATH */
    struct source *source;
    size_t next_line;
    size_t next_path;
    struct path_set lost; /* what the walk could not read */
    size_t next_lost;

    struct format shape;   /* of the list */
    unsigned flags;        /* of its codes */
    struct output *output; /* the new list; NULL: it stays as it is */
    size_t last_written;   /* the line of the old list that was written last */
    bool must_write;       /* the new list is another one */

    struct format report_shape;
    struct output *report;
    uint64_t counts[CHANGES];
    bool is_broken; /* memory was short, after a message */
};

static size_t number_of(const struct update *update, const struct catalogue_file *line)
{
    return (size_t)(line - update->list.files);
}

static bool run_short(struct update *update)
{
    update->is_broken = true;
    message_error(update->path, strerror(ENOMEM));
    return false;
}

/* ---- Lines and paths become jobs ---- */

/* A line that stays as it is. */
static void keep(struct update *update, struct job *job, const struct catalogue_file *line)
{
    job_set(job, JOB_KNOWN, line->name, line->name_size, 0);
    job->failure = 0; /* a path that memory is short for is not needed */
    job->listed = line;
    update->is_taken[number_of(update, line)] = true;
}

/* U1: paths above others are enough. */
static void begin_path(struct update *update, size_t number)
{
    const char *operand = update->operands[number];
    const struct invocation invocation = {.arguments = &update->operands[number], .count = 1};

    if (update->is_begun[number])
        return;
    update->is_begun[number] = true;
    if (path_set_find(&update->paths, operand) < number ||
        path_set_find_above(&update->paths, operand) < update->paths.count)
        return;
    update->source = source_open(&invocation, &update->settings->source);
    update->is_broken = update->source == NULL;
}

/* Takes the next line of the old list. Returns whether it made a job. */
static bool take_line(struct update *update, struct job *job)
{
    const struct catalogue_file *line = &update->list.files[update->next_line++];
    const size_t path = path_set_find(&update->paths, line->name);

    if (update->is_taken[number_of(update, line)])
        return false;
    if (path < update->paths.count) {
        begin_path(update, path);
        return false;
    }
    if (update->paths.count > 0 || strcmp(line->name, "-") == 0) {
        keep(update, job, line);
        return true;
    }
    listed_job_set(job, line->name, line->name_size);
    job->listed = line;
    update->is_taken[number_of(update, line)] = true;
    return true;
}

/* Finds the line of what the walk came to. */
static bool recognise(struct update *update, struct job *job)
{
    if (job->failure != 0 && (job->path == NULL || !path_set_add(&update->lost, job->path)))
        return run_short(update);
    job->listed = catalogue_find(update->by_name, update->list.count, job->path);
    if (job->listed != NULL)
        update->is_taken[number_of(update, job->listed)] = true;
    return true;
}

/* U6: takes the next line that lies below what could not be read. */
static bool take_lost(struct update *update, struct job *job)
{
    if (update->lost.count == 0)
        return false;
    if (update->next_lost == 0)
        path_set_sort(&update->lost);
    while (update->next_lost < update->list.count) {
        const size_t number = update->next_lost++;
        const struct catalogue_file *line = &update->list.files[number];
        if (update->is_taken[number] || path_set_find(&update->lost, line->name) == update->lost.count)
            continue;
        keep(update, job, line);
        return true;
    }
    return false;
}

static bool next(void *context, struct job *job)
{
    struct update *update = context;

    while (!update->is_broken) {
        if (update->source != NULL) {
            if (source_next(update->source, job))
                return recognise(update, job);
            source_close(update->source);
            update->source = NULL;
        } else if (update->next_line < update->list.count) {
            if (take_line(update, job))
                return true;
        } else if (update->next_path < update->paths.count) {
            begin_path(update, update->next_path++);
        } else {
            return take_lost(update, job);
        }
    }
    return false;
}

/* ---- Jobs become lines ---- */

static void report(struct update *update, enum change change, const char *name, size_t name_size, int failure)
{
    update->counts[change]++;
    if (change != CHANGE_NONE && !update->settings->quiet)
        format_change(update->report, &update->report_shape, change, name, name_size, failure);
}

static void write_old(struct update *update, const struct catalogue_file *line)
{
    const size_t number = number_of(update, line);

    update->must_write = update->must_write || number < update->last_written;
    update->last_written = number;
    if (update->output != NULL)
        format_file(update->output, &update->shape, line);
}

/* U8: whether the line of a file whose content is the same says more or less than before. */
static bool says_other(const struct update *update, const struct job *job)
{
    const struct catalogue_file *line = job->listed;
    struct file_times times;

    if (line->flags != update->flags || line->has_units != update->shape.units ||
        number_of(update, line) < update->last_written)
        return true;
    if (!update->shape.stat)
        return false;
    const bool has_times = job_times(job, &times);
    return has_times != line->has_times || (has_times && !file_times_equal(&times, &line->times));
}

static void write_new(struct update *update, const struct job *job)
{
    if (job->listed != NULL)
        update->last_written = number_of(update, job->listed);
    if (update->output != NULL)
        format_result(update->output, &update->shape, job);
}

static void take_failure(struct update *update, struct job *job)
{
    const struct catalogue_file *line = job->listed;

    /* U3: a tree that misses a file has that file's path. */
    if (job->failure == ENOENT && line != NULL && update->paths.count == 0 && strcmp(job->path, line->name) == 0) {
        update->is_gone[number_of(update, line)] = true;
        return;
    }
    report(update, CHANGE_UNREADABLE, job->path, job->path_size, job->failure);
    output_flush(update->report);
    message_error(job->path, failure_text(job->failure));
    if (line != NULL)
        write_old(update, line);
}

/* U5: the same times, and another content. */
static bool is_rotten(const struct job *job)
{
    const struct catalogue_file *line = job->listed;
    const struct file_times times = file_times_of(&job->status);

    return line->has_times && line->has_filesize && line->filesize == job->code.filesize &&
           file_times_equal(&times, &line->times);
}

static void take_code(struct update *update, const struct job *job)
{
    const struct catalogue_file *line = job->listed;
    const struct catalogue_file now = catalogue_file_of_code(&job->code, update->flags, job->path, job->path_size);
    enum change change = CHANGE_ADDED;

    if (line != NULL && catalogue_same_content(line, &now))
        change = CHANGE_NONE;
    else if (line != NULL)
        change = is_rotten(job) ? CHANGE_ROTTEN : CHANGE_CHANGED;
    report(update, change, job->path, job->path_size, 0);
    if (change == CHANGE_ROTTEN) {
        status_raise(STATUS_DIFFERENT);
        write_old(update, line);
        return;
    }
    update->must_write = update->must_write || change != CHANGE_NONE || says_other(update, job);
    write_new(update, job);
}

static void print(void *context, struct job *job)
{
    struct update *update = context;

    if (job->kind == JOB_SKIPPED) {
        if (job->listed != NULL)
            update->is_gone[number_of(update, job->listed)] = true;
    } else if (job->failure != 0) {
        take_failure(update, job);
    } else if (job->kind == JOB_KNOWN) {
        report(update, CHANGE_NONE, job->path, job->path_size, 0);
        write_old(update, job->listed);
    } else {
        take_code(update, job);
    }
}

static bool flush(void *context)
{
    const struct update *update = context;

    output_flush(update->report);
    return !update->is_broken && !output_failed(update->report) &&
           (update->output == NULL || !output_failed(update->output));
}

/* ---- The whole ---- */

static bool is_there(const struct update *update, const struct catalogue_file *line)
{
    const size_t number = number_of(update, line);
    return update->is_taken[number] && !update->is_gone[number];
}

/* What no job was made of is gone. A line that says the same name again as one that is there is no loss. */
static void take_removed(struct update *update)
{
    for (size_t i = 0; i < update->list.count; i++) {
        const struct catalogue_file *line = &update->list.files[i];
        if (is_there(update, line))
            continue;
        update->must_write = true;
        const struct catalogue_file *first = catalogue_find(update->by_name, update->list.count, line->name);
        if (first == line || !is_there(update, first))
            report(update, CHANGE_REMOVED, line->name, line->name_size, 0);
    }
}

/* U6, U7. False after a message. */
static bool read_list(struct update *update)
{
    struct intake intake = {.catalogue = &update->list, .zero = update->settings->zero};
    struct stat status;

    intake.shape.zero = update->settings->zero;
    if (stat(update->path, &status) != 0) {
        message_error(update->path, strerror(errno));
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        message_error(update->path, S_ISDIR(status.st_mode) ? strerror(EISDIR) : "not a regular file");
        return false;
    }
    if (!intake_list(&intake, update->path))
        return false;
    if (intake.has_bad_line) {
        message_error(update->path, "not updated, as lines would be lost");
        return false;
    }
    update->shape = intake.shape;
    update->shape.stat = intake.shape.json;
    update->flags = update->list.count > 0 ? update->list.files[0].flags : ISCC_WIDE;
    return true;
}

static bool prepare(struct update *update)
{
    if (!read_list(update))
        return false;
    for (size_t i = 0; i < update->operand_count; i++)
        if (!path_set_add(&update->paths, update->operands[i]))
            return run_short(update);
    path_set_sort(&update->paths);
    update->by_name = catalogue_by_name(&update->list);
    update->is_taken = calloc(update->list.count + 1, sizeof *update->is_taken);
    update->is_gone = calloc(update->list.count + 1, sizeof *update->is_gone);
    update->is_begun = calloc(update->operand_count + 1, sizeof *update->is_begun);
    if (update->by_name == NULL || update->is_taken == NULL || update->is_gone == NULL || update->is_begun == NULL)
        return run_short(update);
    if (!update->settings->dry_run &&
        (update->output = output_open(update->path, format_terminator(&update->shape))) == NULL)
        return false;
    update->report = output_open(NULL, format_terminator(&update->report_shape));
    return update->report != NULL;
}

/* Returns whether the new list is whole. */
static bool run_engine(struct update *update)
{
    struct stat report_status;
    const struct engine_work work = {.next = next, .print = print, .flush = flush, .context = update};
    const struct hash_settings hash = {.flags = update->flags,
                                       .output = update->output,
                                       .trusts_times = !update->settings->recheck,
                                       .list = fstat(STDOUT_FILENO, &report_status) == 0 ? &report_status : NULL};

    if (!engine_run(&work, &hash, update->settings->threads) || !flush(update))
        return false;
    take_removed(update);
    format_change_summary(update->report, &update->report_shape, update->path, update->counts);
    return flush(update);
}

static void release(struct update *update)
{
    source_close(update->source);
    path_set_free(&update->paths);
    path_set_free(&update->lost);
    free(update->by_name);
    free(update->is_taken);
    free(update->is_gone);
    free(update->is_begun);
    catalogue_free(&update->list);
}

void update_list(const struct invocation *invocation, const struct update_settings *settings)
{
    struct update update = {.settings = settings,
                            .path = invocation->arguments[0],
                            .operands = invocation->arguments + 1,
                            .operand_count = (size_t)invocation->count - 1,
                            .report_shape = {.json = settings->json, .zero = settings->zero}};
    const bool is_whole = prepare(&update) && run_engine(&update);

    if (update.output != NULL && is_whole && update.must_write)
        output_finish(update.output);
    else if (update.output != NULL)
        output_abandon(update.output);
    if (update.report != NULL)
        output_finish(update.report);
    release(&update);
}
