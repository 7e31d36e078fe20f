/* SPDX-License-Identifier: Apache-2.0 */
/* Fills a catalogue from lists, or by hashing files with the engine. */
#include "load/load.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "archive/archive_pass.h"
#include "format/form_comment.h"
#include "format/json_lines.h"
#include "hash/count.h"
#include "hash/empty_warning.h"
#include "hash/engine.h"
#include "hash/times_warning.h"
#include "lists/list_name.h"
#include "lists/list_reader.h"
#include "lists/record_reader.h"
#include "reuse/reuse.h"
#include "util/failure.h"
#include "util/message.h"

static void write_failure(const struct load *load, const char *name, int failure)
{
    if (load->failures == NULL || name == NULL)
        return;
    json_line_failure(load->failures, name, failure);
    output_flush(load->failures);
}

void load_set_operand(const struct load *load, struct file_record *file, size_t number)
{
    if (!load->across)
        return;
    file->has_times = false;
    file->operand = (uint32_t)(load->operand + number);
}

void load_report(const struct load *load, const char *name, int failure)
{
    write_failure(load, name, failure);
    message_error(name, failure_text(failure));
}

static void fail(struct load *load, const char *name, int failure)
{
    load->is_broken = true;
    load_report(load, name, failure);
}

/* ---- Lists ---- */

/* The first line decides between text and JSON, and the first one with a code everything else, but for Text-Codes: only
 * files that are text have one. */
static void set_shape(struct load *load, const struct list_entry *line)
{
    load->shape.text = load->shape.text || line->file.text_bits == 256;
    if (!load->has_shape)
        load->shape.json = line->is_json;
    load->has_shape = true;
    if (load->has_code || line->file.failure != 0)
        return;
    load->has_code = true;
    load->flags = line->file.flags;
    load->shape.tag = line->is_tagged;
    load->shape.units = line->file.has_data_unit && line->file.has_instance_unit;
}

static void report_bad_line(struct load *load, const char *path, uint64_t line, int failure)
{
    load->has_bad_line = true;
    write_failure(load, path, failure);
    message_finding(STATUS_TROUBLE, path, "%" PRIu64 ": %s", line, failure_text(failure));
}

void load_report_contradiction(const char *path, uint64_t line)
{
    message_finding(STATUS_TROUBLE, path, "%" PRIu64 ": codes that contradict each other", line);
}

/* Whether a line about something that could not be read is to be left out. */
static bool drops(struct load *load, const char *path, const struct file_record *file)
{
    if (file->failure == 0 || (load->keeps_failures && !failure_is_of_record(file->failure)))
        return false;
    load->has_dropped = true;
    if (load->mends_lines)
        message_finding(STATUS_OK, path, "%" PRIu64 ": dropped, as it names no file (%s)", file->line,
                        failure_text(file->failure));
    return true;
}

/* Removes the prefix. The rest still names a file: it is neither empty nor `-`, which would be standard input. */
static void strip_name(struct file_record *file, const char *prefix)
{
    const size_t size = list_name_prefix_size(file->name, prefix);
    const char *rest = file->name + size;

    if (size == 0)
        return;
    if (*rest == '\0')
        rest = file_record_is_tree(file) ? "./" : ".";
    else if (strcmp(rest, "-") == 0)
        rest = "./-";
    file->name = rest;
    file->name_size = strlen(rest);
}

/* Adds a line that is not bad. False if memory is short. */
static bool add_line(struct load *load, const char *path, enum list_event event, const struct list_entry *line)
{
    struct file_record file = line->file;

    if (event == LIST_COMMENT)
        return comments_add(load->comments, load->catalogue->count, file.name, file.name_size);
    set_shape(load, line);
    if (drops(load, path, &file))
        return true;
    if (file.is_contradictory && !load->mends_lines)
        load_report_contradiction(path, file.line);
    strip_name(&file, load->strip);
    /* They prove nothing about contradictory codes, nor a directory's about its files. */
    file.has_times = file.has_times && !file.is_contradictory && !file_record_is_tree(&file);
    load_set_operand(load, &file, 0);
    return catalogue_add(load->catalogue, &file);
}

/* A list without lines may have its form in a comment, which is removed. */
static void read_form(struct load *load, const char *path)
{
    struct comments *comments = load->comments;

    for (size_t i = 0; i < comments->count; i++) {
        const char *text = comments->items[i].text;
        if (form_comment_has_other_end(text, comments->items[i].size)) {
            load->has_bad_line = true;
            message_finding(STATUS_TROUBLE, path, "its lines %s with NUL (-z)", load->zero ? "do not end" : "end");
            return;
        }
        if (form_comment_read(text, comments->items[i].size, &load->shape, &load->flags)) {
            comments_remove(comments, i);
            return;
        }
    }
}

/* A file with so many bad lines before the first good one is no list, so that a large one need not be read. */
enum { BAD_LINES_MAX = 1000 };

/* Bad lines are reported once a good one shows that the file is a list. */
struct beginning {
    uint64_t bad[BAD_LINES_MAX];
    size_t count;
    bool has_ended;
};

static void end_beginning(struct load *load, const char *path, struct beginning *beginning)
{
    for (size_t i = 0; !beginning->has_ended && i < beginning->count; i++)
        report_bad_line(load, path, beginning->bad[i], FAILURE_LINE);
    beginning->has_ended = true;
}

/* False if reading is to end: the file is no list, or memory is short. */
static bool read_line(struct load *load, const char *path, enum list_event event, const struct list_entry *line,
                      struct beginning *beginning)
{
    if (event == LIST_BAD_LINE && !beginning->has_ended) {
        beginning->bad[beginning->count++] = line->file.line;
        return beginning->count < BAD_LINES_MAX;
    }
    if (event != LIST_COMMENT)
        end_beginning(load, path, beginning);
    if (event == LIST_BAD_LINE || event == LIST_DAMAGED_LINE) {
        report_bad_line(load, path, line->file.line, event == LIST_BAD_LINE ? FAILURE_LINE : FAILURE_DAMAGED);
        return true;
    }
    if (add_line(load, path, event, line))
        return true;
    fail(load, path, ENOMEM);
    return false;
}

static void read_lines(struct load *load, struct list_reader *list, const char *path)
{
    struct beginning beginning = {.count = 0};
    struct list_entry line;
    enum list_event event;

    if (load->comments != NULL)
        list_reader_keep_comments(list);
    if (load->reads_groups)
        list_reader_read_groups(list);
    do
        event = list_reader_next(list, &line);
    while (event != LIST_END && read_line(load, path, event, &line, &beginning));
    if (load->is_broken)
        return;
    const char *hint = list_reader_hint(list);
    if (list_reader_failure(list) != 0)
        fail(load, path, list_reader_failure(list));
    else if (beginning.count > 0 && !beginning.has_ended)
        fail(load, path, FAILURE_NO_LIST);
    else if (load->comments != NULL && !load->has_shape)
        read_form(load, path);
    if (hint == NULL || (!load->is_broken && !load->zero))
        return;
    load->has_bad_line = true;
    message_finding(STATUS_OK, path, beginning.has_ended ? "read as a list of one line: %s" : "%s", hint);
}

bool load_list(struct load *load, const char *path)
{
    struct list_reader *list = NULL;

    load->is_broken = false;
    const int descriptor = record_open(path);
    if (descriptor < 0) {
        fail(load, path, errno);
        return false;
    }
    list = list_reader_new(descriptor, load->zero);
    if (list == NULL)
        fail(load, path, ENOMEM);
    else
        read_lines(load, list, path);
    list_reader_free(list);
    record_close(descriptor);
    return !load->is_broken;
}

/* ---- Files and directories ---- */

struct hashing {
    struct load *load;
    const struct operands *operands;
    struct source *source;
    struct reuse *reuse; /* or NULL */
};

static bool next(void *context, struct job *job)
{
    const struct hashing *hashing = context;
    const struct load *load = hashing->load;

    while (source_next(hashing->source, job)) {
        if (job->failure != 0 || load->is_wanted == NULL || load->is_wanted(load->context, job->path)) {
            if (hashing->reuse != NULL)
                reuse_find(hashing->reuse, job);
            return true;
        }
        job_free(job); /* the engine may not use this job again */
    }
    return false;
}

static void add_hashed(struct load *load, const struct job *job)
{
    struct file_record file = {.name = job->path, .name_size = job->path_size, .failure = (int16_t)job->failure};

    if (job->failure == 0 && job->kind == JOB_KNOWN && job->listed != NULL)
        file = *job->listed;
    else if (job->failure == 0 && job->kind != JOB_LINK)
        file = job_record(job, load->hash.flags);
    file.has_times = false; /* the identity takes their place */
    file.line = 0;
    if (job->failure == 0 && job->kind == JOB_LINK) {
        load->has_links = true;
        file.filesize = (uint64_t)job->status.st_size;
        file.has_filesize = true;
    }
    if (job->failure == 0 && job->kind != JOB_STREAM && job->kind != JOB_TREE) {
        file.identity = file_identity_of(&job->status);
        file.has_identity = true;
    }
    load_set_operand(load, &file, job->operand);
    if (!catalogue_add(load->catalogue, &file))
        fail(load, NULL, ENOMEM);
}

static void add_members(struct load *load, const struct job *job)
{
    struct file_record member;

    while (!load->is_broken && archive_pass_next(job->members, &member)) {
        load_set_operand(load, &member, job->operand);
        if (member.failure != 0)
            load_report(load, member.name, member.failure);
        if ((member.failure == 0 || load->keeps_failures) && !catalogue_add(load->catalogue, &member))
            fail(load, NULL, ENOMEM);
    }
}

static void add_result(void *context, struct job *job)
{
    struct load *load = ((struct hashing *)context)->load;

    if (job->kind == JOB_SKIPPED || load->is_broken)
        return;
    if (job->listed != NULL && job->kind != JOB_KNOWN)
        times_warning(job, load->hash.output, &load->has_warned);
    if (job->path == NULL)
        fail(load, NULL, job->failure); /* without a name, any file may be missing from the catalogue */
    else if (job->failure != 0)
        load_report(load, job_failed_path(job), job->failure);
    else
        empty_tree_warning(job, load->hash.output);
    if (job->path != NULL && (job->failure != 0 ? load->keeps_failures : job->kind != JOB_ARCHIVE))
        add_hashed(load, job);
    if (job->members != NULL)
        add_members(load, job);
}

static bool flush(void *context)
{
    return !((const struct hashing *)context)->load->is_broken;
}

static bool count(void *context)
{
    const struct hashing *hashing = context;
    return count_operands(hashing->operands, hashing->load->source);
}

/* Returns false after a message. */
static bool open_reused(struct hashing *hashing)
{
    struct load *load = hashing->load;
    const struct reuse_needs needs = {.flags = load->hash.flags, .datahash = true, .text = load->hash.text};

    if (load->reuse == NULL)
        return true;
    hashing->reuse = reuse_open(load->reuse, hashing->operands, load->source, &needs);
    load->hash.is_up_to_date = reuse_is_up_to_date;
    return hashing->reuse != NULL;
}

bool load_files(struct load *load, const struct operands *operands)
{
    struct hashing hashing = {.load = load, .operands = operands, .source = source_open(operands, load->source)};
    const struct engine_work work = {.next = next,
                                     .print = add_result,
                                     .flush = flush,
                                     .count = load->is_wanted == NULL ? count : NULL, /* how many are is not known */
                                     .context = &hashing};

    load->hash.archives = &load->archives;
    load->is_broken = hashing.source == NULL || !open_reused(&hashing);
    if (!load->is_broken && !engine_run(&work, &load->hash, load->threads))
        load->is_broken = true;
    reuse_close(hashing.reuse);
    source_close(hashing.source);
    return !load->is_broken;
}

/* ---- Archives ---- */

struct archive_loading {
    struct hashing hashing; /* first, as add_result() gets its address */
    const char *path;       /* NULL once it has a job */
};

static bool next_archive(void *context, struct job *job)
{
    struct archive_loading *loading = context;
    const char *path = loading->path;

    if (path != NULL)
        job_set(job, JOB_ARCHIVE, path, strlen(path), 0);
    loading->path = NULL;
    return path != NULL;
}

bool load_archive(struct load *load, const char *path)
{
    struct archive_loading loading = {.hashing = {.load = load}, .path = path};
    const struct engine_work work = {.next = next_archive, .print = add_result, .flush = flush, .context = &loading};

    load->hash.archives = &load->archives;
    load->is_broken = false;
    return engine_run(&work, &load->hash, load->threads) && !load->is_broken;
}
