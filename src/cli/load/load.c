/* SPDX-License-Identifier: Apache-2.0 */
/* Fills a catalogue by the reader of lists or by the engine. */
#include "load/load.h"

#include <errno.h>
#include <inttypes.h>

#include "hash/engine.h"
#include "util/failure.h"
#include "format/format.h"
#include "util/message.h"
#include "lists/record_reader.h"
#include "format/json_lines.h"

static void write_failure(const struct intake *intake, const char *name, int failure)
{
    const struct format format = {.json = true, .zero = intake->zero};

    if (intake->failures == NULL || name == NULL)
        return;
    format_json_failure(intake->failures, &format, name, failure);
    output_flush(intake->failures);
}

void intake_report(const struct intake *intake, const char *name, int failure)
{
    write_failure(intake, name, failure);
    message_error(name, failure_text(failure));
}

static void fail(struct intake *intake, const char *name, int failure)
{
    intake->is_broken = true;
    intake_report(intake, name, failure);
}

/* ---- Lists ---- */

static void take_shape(struct intake *intake, const struct list_entry *entry)
{
    if (intake->has_shape)
        return;
    intake->has_shape = true;
    intake->shape = (struct format){.json = entry->is_json,
                                    .tag = entry->is_tagged,
                                    .units = entry->data_code[0] != '\0' && entry->instance_code[0] != '\0',
                                    .zero = intake->zero};
}

static void tell_bad_line(struct intake *intake, const char *path, uint64_t line)
{
    intake->has_bad_line = true;
    write_failure(intake, path, FAILURE_LINE);
    message_finding(STATUS_TROUBLE, path, "%" PRIu64 ": %s", line, failure_text(FAILURE_LINE));
}

void intake_report_contradiction(const char *path, uint64_t line)
{
    message_finding(STATUS_TROUBLE, path, "%" PRIu64 ": codes that contradict each other", line);
}

/* Takes a line that is not bad. False if memory is short. */
static bool take_line(struct intake *intake, const char *path, enum list_event event, const struct list_entry *entry,
                      const char *name)
{
    if (event == LIST_COMMENT)
        return comments_add(intake->comments, intake->catalogue->count, name, entry->name_size);
    take_shape(intake, entry);
    const struct catalogue_file file = catalogue_file_of_entry(entry, name);
    if (file.is_contradictory && !intake->mends_lines)
        intake_report_contradiction(path, entry->line);
    return catalogue_add(intake->catalogue, &file);
}

static void take_lines(struct intake *intake, struct checklist *list, const char *path)
{
    struct list_entry entry;
    const char *name;
    enum list_event event;

    if (intake->comments != NULL)
        checklist_tell_comments(list);
    while ((event = checklist_next(list, &entry, &name)) != LIST_END) {
        if (event == LIST_BAD_LINE) {
            tell_bad_line(intake, path, entry.line);
        } else if (!take_line(intake, path, event, &entry, name)) {
            fail(intake, path, ENOMEM);
            return;
        }
    }
    if (checklist_failure(list) != 0)
        fail(intake, path, checklist_failure(list));
}

bool intake_list(struct intake *intake, const char *path)
{
    struct checklist *list = NULL;

    intake->is_broken = false;
    const int descriptor = record_open(path);
    if (descriptor < 0) {
        fail(intake, path, errno);
        return false;
    }
    list = checklist_new(descriptor, intake->zero);
    if (list == NULL)
        fail(intake, path, ENOMEM);
    else
        take_lines(intake, list, path);
    checklist_free(list);
    record_close(descriptor);
    return !intake->is_broken;
}

/* ---- Files and directories ---- */

struct hashing {
    struct intake *intake;
    struct source *source;
};

static bool next(void *context, struct job *job)
{
    const struct hashing *hashing = context;
    const struct intake *intake = hashing->intake;

    while (source_next(hashing->source, job)) {
        if (job->failure != 0 || intake->is_wanted == NULL || intake->is_wanted(intake->context, job->path))
            return true;
        job_free(job); /* also its memory: a job that is not handed on may be one that nobody will use again */
    }
    return false;
}

static void add_hashed(struct intake *intake, const struct job *job)
{
    const struct catalogue_file file =
        job->failure == 0
            ? catalogue_file_of_code(&job->code, intake->hash.flags, job->path, job->path_size)
            : (struct catalogue_file){.name = job->path, .name_size = job->path_size, .failure = (int16_t)job->failure};

    /* It is not for want of this file that nothing will be done. */
    if (!catalogue_add(intake->catalogue, &file))
        fail(intake, NULL, ENOMEM);
}

static void take(void *context, struct job *job)
{
    struct intake *intake = ((struct hashing *)context)->intake;

    if (job->kind == JOB_SKIPPED || intake->is_broken)
        return;
    if (job->path == NULL)
        fail(intake, NULL, job->failure); /* it may be any file: that none is missing cannot be said */
    else if (job->failure != 0)
        intake_report(intake, job->path, job->failure);
    if (job->path != NULL && (job->failure == 0 || intake->keeps_failures))
        add_hashed(intake, job);
}

static bool flush(void *context)
{
    return !((const struct hashing *)context)->intake->is_broken;
}

bool intake_operands(struct intake *intake, const struct invocation *operands)
{
    struct hashing hashing = {.intake = intake, .source = source_open(operands, intake->source)};
    const struct engine_work work = {.next = next, .print = take, .flush = flush, .context = &hashing};

    intake->is_broken = hashing.source == NULL;
    if (hashing.source != NULL && !engine_run(&work, &intake->hash, intake->threads))
        intake->is_broken = true;
    source_close(hashing.source);
    return !intake->is_broken;
}
