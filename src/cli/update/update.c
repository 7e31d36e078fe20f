/* SPDX-License-Identifier: Apache-2.0 */
/* Makes lines of the new list from jobs: docs/update.md, U4 to U9. */
#include "update/update.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/same_name.h"
#include "format/file_lines.h"
#include "format/form_comment.h"
#include "format/format.h"
#include "format/json_lines.h"
#include "hash/engine.h"
#include "hash/times_warning.h"
#include "lists/catalogue.h"
#include "load/load.h"
#include "output/output.h"
#include "update/accepted.h"
#include "update/update_lines.h"
#include "update/update_plan.h"
#include "update/update_report.h"
#include "util/failure.h"
#include "util/file_identity.h"
#include "util/message.h"

static bool next(void *context, struct job *job)
{
    struct update *update = context;
    return update_plan_next(&update->plan, job);
}

static bool count(void *context)
{
    const struct update *update = context;
    return update_plan_count(&update->plan);
}

/* U8: whether the new line of a file with the same content differs from the old one. */
static bool line_differs(const struct update *update, const struct job *job)
{
    const struct file_record *line = job->listed;
    struct file_times times;

    if (line->flags != update->flags || (line->has_data_unit && line->has_instance_unit) != update->shape.units ||
        (format_shows_text(&update->shape) && (line->text_bits == 256) != (job->text_code[0] != '\0')))
        return true;
    if (!update->shape.stat)
        return false;
    const bool has_times = job_times(job, &times);
    return has_times != line->has_times || (has_times && !file_times_equal(&times, &line->times));
}

static void write_new(struct update *update, const struct job *job)
{
    if (job->listed != NULL)
        update_advance_to(update, update_index_of(update, job->listed));
    update->has_lines = true;
    if (update->output != NULL)
        format_result(update->output, &update->shape, job);
}

/* U6: writes the line of a file that could not be read when it was listed, and cannot be read now. */
static void write_failure(struct update *update, const struct job *job)
{
    const struct file_record *line = job->listed;

    if (line != NULL)
        update_advance_to(update, update_index_of(update, line));
    update->has_lines = true;
    update->must_write =
        update->must_write || line == NULL || strcmp(failure_code(line->failure), failure_code(job->failure)) != 0;
    if (update->output != NULL)
        json_line_failure(update->output, line != NULL ? line->name : job->path, job->failure);
}

/* U3: whether the file of a line does not exist. A tree that is now a file does exist. */
static bool is_missing(const struct job *job)
{
    return (job->failure == ENOENT && job->failed_path == NULL) || (job->failure == ENOTDIR && job->kind != JOB_TREE);
}

static void handle_failure(struct update *update, struct job *job)
{
    const struct file_record *line = job->listed;
    const char *path = job_failed_path(job);

    if (line != NULL && update->plan.operand_count == 0 && is_missing(job)) {
        update->is_gone[update_index_of(update, line)] = true;
        update_remove_members(update, line);
        return;
    }
    update_count(update, CHANGE_UNREADABLE, path, path == NULL ? 0 : strlen(path), job->failure);
    output_flush(update->report);
    message_error(path, failure_text(job->failure));
    if (line != NULL && line->failure == 0)
        update_write_old(update, line);
    else if (line != NULL || (path != NULL && update_plan_is_below_failed(&update->plan, path)))
        write_failure(update, job);
    update_keep_members(update, line);
}

/* U4, U5 */
static enum change change_of(const struct update *update, const struct job *job)
{
    const struct file_record *line = job->listed;
    const struct file_record now = job_record(job, update->flags);

    if (line == NULL || line->failure != 0)
        return CHANGE_ADDED;
    if (file_record_holds(line, &now))
        return CHANGE_NONE;
    if (file_record_same_content(line, &now) || update->is_accepted[update_index_of(update, line)])
        return CHANGE_CHANGED;
    if (job_is_unmodified(job))
        return CHANGE_ROTTEN;
    return job_has_old_mtime(job) ? CHANGE_SUSPECT : CHANGE_CHANGED;
}

/* U4: a copy on a file system whose times are not trusted does not cost a list the times of the original. */
static bool keeps_times(const struct update *update, const struct job *job)
{
    const struct file_record *line = job->listed;

    return update->shape.stat && line->has_times && job_times_are_untrusted(job) && line->flags == update->flags &&
           (line->has_data_unit && line->has_instance_unit) == update->shape.units;
}

static void handle_result(struct update *update, const struct job *job)
{
    const enum change change = change_of(update, job);

    if (update->shape.stat)
        times_warning(job, update->report, &update->has_warned);
    update_count(update, change, job->path, job->path_size, 0);
    if (change == CHANGE_ROTTEN || change == CHANGE_SUSPECT)
        status_raise(STATUS_DIFFERENT);
    if (change == CHANGE_ROTTEN || change == CHANGE_SUSPECT) {
        update_write_old(update, job->listed);
        update_keep_members(update, job->listed);
        return;
    }
    if (change == CHANGE_NONE && keeps_times(update, job)) {
        update_write_old(update, job->listed);
    } else {
        update->must_write = update->must_write || change != CHANGE_NONE || line_differs(update, job);
        write_new(update, job);
    }
    update_write_members(update, job);
}

static void print(void *context, struct job *job)
{
    struct update *update = context;

    if (job->kind == JOB_SKIPPED) {
        if (job->listed != NULL)
            update->is_gone[update_index_of(update, job->listed)] = true;
        update_remove_members(update, job->listed);
    } else if (job->failure != 0) {
        handle_failure(update, job);
    } else if (job->kind == JOB_KNOWN) {
        update_count(update, CHANGE_NONE, job->path, job->path_size, 0);
        update_write_old(update, job->listed);
        update_keep_members(update, job->listed);
    } else {
        handle_result(update, job);
    }
}

static bool flush(void *context)
{
    const struct update *update = context;

    output_flush(update->report);
    return !output_failed(update->report) && (update->output == NULL || !output_failed(update->output));
}

/* ---- The whole update ---- */

static bool still_exists(const struct update *update, const struct file_record *line)
{
    const size_t index = update_index_of(update, line);
    return update->plan.is_planned[index] && !update->is_gone[index];
}

/* Lines without a job are removed too, and those of their members. Does not report a line whose name another remaining
 * line has. */
static void report_removed(struct update *update)
{
    for (size_t i = 0; i < update->list.count; i++)
        if (!still_exists(update, &update->list.files[i]))
            update_remove_members(update, &update->list.files[i]);
    for (size_t i = 0; i < update->list.count; i++) {
        const struct file_record *line = &update->list.files[i];
        if (still_exists(update, line))
            continue;
        update->must_write = true;
        if (!update_plan_count_removed(&update->plan, line))
            continue;
        if (line->is_member && line->member.archive_size == line->name_size) /* what was said about an archive */
            continue;
        const struct file_record *first = update_plan_first_line(&update->plan, line);
        if (first != line && still_exists(update, first))
            continue;
        update_count(update, CHANGE_REMOVED, line->name, line->name_size, 0);
        update_report_same_name(update->report, &update->search, line, update->settings->source.strip);
    }
}

static bool has_members(const struct catalogue *list)
{
    size_t i = 0;

    while (i < list->count && !list->files[i].is_member)
        i++;
    return i < list->count;
}

/* U6, U7. Returns false after a message. */
static bool read_list(struct update *update)
{
    struct load load = {.catalogue = &update->list,
                        .mends_lines = true,
                        .keeps_failures = true,
                        .comments = &update->comments,
                        .zero = update->settings->format.zero,
                        .shape = {.zero = update->settings->format.zero},
                        .flags = ISCC_WIDE};

    if (stat(update->path, &update->status) != 0) {
        message_error(update->path, strerror(errno));
        return false;
    }
    if (!S_ISREG(update->status.st_mode)) {
        message_error(update->path, S_ISDIR(update->status.st_mode) ? strerror(EISDIR) : "not a regular file");
        return false;
    }
    if (!load_list(&load, update->path))
        return false;
    if (load.has_bad_line) {
        message_error(update->path, "not updated, as lines would be lost");
        return false;
    }
    if (!update->settings->archives.wanted && has_members(&update->list)) {
        message_error(update->path, "has lines about members of archives, which only --archives updates");
        return false;
    }
    update->shape = load.shape;
    update->shape.stat = load.shape.json;
    update->flags = load.flags;
    update->must_write = load.has_dropped;
    return true;
}

/* U4. --accept means to read the file. So does the first --archives, as the list does not say which files are archives.
 */
static bool is_up_to_date(const void *context, const struct file_record *listed, const struct stat *status)
{
    const struct update *update = context;
    return !update->is_accepted[update_index_of(update, listed)] &&
           (!update->settings->archives.wanted || update->members.count > 0) && file_record_same_stat(listed, status);
}

static bool prepare(struct update *update)
{
    if (!read_list(update) || !update_plan_make(&update->plan))
        return false;
    update->is_gone = calloc(update->list.count + 1, sizeof *update->is_gone);
    update->is_accepted = accepted_lines(&update->list, &update->settings->accepted);
    if (update->is_gone == NULL || update->is_accepted == NULL ||
        !member_lines_make(&update->members, &update->list, &update->plan.names)) {
        message_error(update->path, strerror(ENOMEM));
        return false;
    }
    update_plan_skip_members(&update->plan, &update->members);
    if (!update->settings->dry_run) {
        update->output = output_open(update->path, format_terminator(&update->shape));
        if (update->output == NULL)
            return false;
    }
    update->report = output_open(NULL, format_terminator(&update->settings->format));
    return update->report != NULL;
}

/* The file that walks skip besides the output: the report, or a list that is not replaced. */
static const struct stat *skipped_file(const struct update *update, struct stat *report_status)
{
    if (update->output == NULL)
        return &update->status;
    return fstat(STDOUT_FILENO, report_status) == 0 ? report_status : NULL;
}

/* Returns whether the new list is complete. */
static bool run_engine(struct update *update)
{
    struct stat report_status;
    const struct engine_work work = {.next = next, .print = print, .flush = flush, .count = count, .context = update};
    const struct hash_settings hash = {.flags = update->flags,
                                       .text = format_shows_text(&update->shape),
                                       .records_times = update->shape.stat,
                                       .trusts_times = update->settings->trusts_times,
                                       .output_is_list = true,
                                       .output = update->output != NULL ? update->output : update->report,
                                       .filter = &update->settings->source.filter,
                                       .is_up_to_date = update->settings->recheck ? NULL : is_up_to_date,
                                       .context = update,
                                       .archives =
                                           update->settings->archives.wanted ? &update->settings->archives : NULL,
                                       .list = skipped_file(update, &report_status)};

    update_write_comments(update, 0);
    if (!engine_run(&work, &hash, update->settings->threads) || update->plan.has_failed || !flush(update))
        return false;
    update_write_comments(update, update->list.count);
    report_removed(update);
    if (!update->has_lines && update->output != NULL)
        form_comment_write(update->output, &update->shape, update->flags);
    update_report_summary(update->report, &update->settings->format, update->path, update->counts);
    return flush(update);
}

/* U6: a line that contradicts itself cannot be kept, because the catalogue has only some of its codes. Returns false
 * after a message. */
static bool keeps_all_lines(const struct update *update)
{
    if (update->contradictory == NULL)
        return true;
    load_report_contradiction(update->path, update->contradictory->line);
    message_error(update->path, "not updated, as lines would be lost");
    return false;
}

/* U8: replacing the list would lose what was written to it in the meantime. Between this check and the rename there is
 * a short race. Returns false after a message. */
static bool list_is_unchanged(const struct update *update)
{
    struct stat status;

    if (stat(update->path, &status) == 0 && file_is_unchanged(&update->status, &status))
        return true;
    message_error(update->path, "not updated, as it changed meanwhile");
    return false;
}

void update_list(const struct operands *operands, const struct update_settings *settings)
{
    struct update update = {.settings = settings,
                            .path = operands->arguments[0],
                            .plan = {.list = &update.list,
                                     .operands = operands->arguments + 1,
                                     .operand_count = (size_t)operands->count - 1,
                                     .source_settings = &settings->source,
                                     .allows_empty = settings->limit.allows_empty}};
    const bool must_replace = prepare(&update) && run_engine(&update) && update.must_write &&
                              keeps_all_lines(&update) &&
                              removal_limit_allows(&settings->limit, &update.plan, update.path);

    if (update.output != NULL && must_replace && list_is_unchanged(&update))
        output_finish(update.output);
    else if (update.output != NULL)
        output_abandon(update.output);
    if (update.report != NULL)
        output_finish(update.report);
    update_plan_free(&update.plan);
    member_lines_free(&update.members);
    free(update.is_gone);
    free(update.is_accepted);
    comments_free(&update.comments);
    catalogue_free(&update.list);
}
