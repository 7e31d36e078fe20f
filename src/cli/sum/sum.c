/* SPDX-License-Identifier: Apache-2.0 */
/* Turns operands into lines, all of them or those of one shard. */
#include "sum/sum.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/archive_pass.h"
#include "format/file_lines.h"
#include "hash/count.h"
#include "hash/empty_warning.h"
#include "hash/engine.h"
#include "hash/times_warning.h"
#include "output/output.h"
#include "reuse/journal.h"
#include "reuse/reuse.h"
#include "reuse/stop_signal.h"
#include "util/failure.h"
#include "util/message.h"

struct summing {
    const struct sum_settings *settings;
    const struct operands *operands;
    struct source *source;
    struct reuse *reuses[2]; /* the first has the newest lines */
    size_t reuse_count;
    struct journal journal;
    bool has_journal;
    struct output *output;
    uint64_t operand; /* of the last line of a shard */
    bool has_others;  /* another shard has files; set by next() */
    bool has_lines;   /* something was printed */
    bool has_files;   /* something was hashed */
    bool has_warned;  /* of times that are not trusted */
};

static bool is_shard(const struct sum_settings *settings)
{
    return settings->shard.count > 0;
}

static void find_known(struct summing *summing, struct job *job)
{
    bool is_known = false;

    for (size_t i = 0; i < summing->reuse_count && !is_known; i++)
        is_known = reuse_find(summing->reuses[i], job);
}

static bool next(void *context, struct job *job)
{
    struct summing *summing = context;

    while (source_next(summing->source, job)) {
        if (job->failure != 0 || shard_has(&summing->settings->shard, job->path, job->path_size)) {
            find_known(summing, job);
            return true;
        }
        summing->has_others = true;
        job_free(job);
    }
    return false;
}

/* The lines of a shard say which operand they belong to, and which errors are those of directories. */
static void print_operand(struct summing *summing, const struct job *job)
{
    const bool json = summing->settings->format.json;

    if (!is_shard(summing->settings) || (job->failure != 0 && !json) ||
        (job->operand + 1 == summing->operand && !job->is_directory))
        return;
    summing->operand = job->operand + 1;
    shard_write_operand(summing->output, json, summing->operand, job->is_directory);
}

/* The journal gets what a later run can reuse. */
static void print_hashed(struct summing *summing, const struct job *job)
{
    struct file_times times;

    format_result(summing->output, &summing->settings->format, job);
    if (summing->has_journal && job_times(job, &times))
        format_result(summing->journal.output, &summing->settings->format, job);
}

/* What could not be read of an archive does not keep the rest of its members from being printed. */
static void print_members(struct summing *summing, struct archive_pass *members)
{
    struct file_record member;

    while (archive_pass_next(members, &member) && !output_failed(summing->output)) {
        format_member(summing->output, &summing->settings->format, &member);
        if (member.failure != 0) {
            output_flush(summing->output);
            message_error(member.name, failure_text(member.failure));
        }
    }
}

static void print(void *context, struct job *job)
{
    struct summing *summing = context;

    if (job->kind == JOB_SKIPPED)
        return;
    /* A tree without bytes is as suspicious as a directory without files. */
    summing->has_lines = true;
    summing->has_files = summing->has_files || (job->failure == 0 && (job->kind != JOB_TREE || job->code.filesize > 0));
    if (job->kind != JOB_KNOWN && (summing->settings->format.stat || job->listed != NULL))
        times_warning(job, summing->output, &summing->has_warned);
    print_operand(summing, job);
    if (job->kind == JOB_KNOWN)
        format_file(summing->output, &summing->settings->format, job->listed);
    else
        print_hashed(summing, job);
    if (job->failure != 0) {
        /* On a terminal, the message then appears in place of the line. */
        output_flush(summing->output);
        message_error(job_failed_path(job), failure_text(job->failure));
    }
    if (job->members != NULL)
        print_members(summing, job->members);
    empty_tree_warning(job, summing->output);
}

static bool flush(void *context)
{
    struct summing *summing = context;

    output_flush(summing->output);
    return !output_failed(summing->output) && (!summing->has_journal || journal_flush(&summing->journal));
}

static bool count(void *context)
{
    const struct summing *summing = context;
    return count_operands(summing->operands, &summing->settings->source);
}

/* ---- Shards ---- */

static void begin_shard(const struct summing *summing)
{
    const struct sum_settings *settings = summing->settings;

    if (is_shard(settings))
        shard_write_begin(summing->output, settings->format.json, &settings->shard, settings->command.text);
}

static void end_shard(const struct summing *summing)
{
    struct shard_end end = {.errors = message_errors()};

    end.operands = source_operands(summing->source, &end.hash);
    if (is_shard(summing->settings))
        shard_write_end(summing->output, summing->settings->format.json, &summing->settings->shard, &end);
}

/* ---- What is known already ---- */

/* Adds a list, whose lines must have Text-Codes or not. Returns false after a message. */
static bool reuse_list(struct summing *summing, struct sum_settings *settings, const char *list, bool text)
{
    const struct reuse_needs needs = {.flags = settings->hash.flags,
                                      .datahash = settings->format.json,
                                      .units = settings->format.units,
                                      .text = text};
    struct reuse *reuse = reuse_open(list, summing->operands, &settings->source, &needs);

    if (reuse != NULL)
        summing->reuses[summing->reuse_count++] = reuse;
    settings->hash.is_up_to_date = reuse_is_up_to_date;
    return reuse != NULL;
}

/* The shard is part of the command, as each has a journal of its own. */
static bool open_journal(struct summing *summing, const struct sum_settings *settings)
{
    static const char format[] = "--shard=%" PRIu64 "/%" PRIu64 " %s";
    const size_t size = sizeof format + 2 * sizeof "18446744073709551615" + settings->command.size;
    const char *text = settings->command.text;
    char *command = malloc(size);

    if (command == NULL) {
        message_error(NULL, strerror(ENOMEM));
        return false;
    }
    if (is_shard(settings))
        snprintf(command, size, format, settings->shard.number, settings->shard.count, text);
    else
        memcpy(command, text, settings->command.size + 1);
    summing->has_journal =
        journal_open(&summing->journal, settings->output, command, format_terminator(&settings->format));
    free(command);
    if (!summing->has_journal)
        journal_close(&summing->journal, false);
    return summing->has_journal;
}

/* Whether there is something to read; also if that is not known, as opening it then gives the reason. */
static bool is_list(const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0)
        return errno != ENOENT;
    return S_ISREG(status.st_mode) && status.st_size > 0;
}

/* Opens the journal of --resume and the lists to reuse. The journal has the newest lines. Returns false after a
 * message. */
static bool open_known(struct summing *summing, struct sum_settings *settings)
{
    const char *list = settings->reuse;

    if (settings->resumes) {
        if (!open_journal(summing, settings))
            return false;
        if (list == NULL && is_list(settings->output))
            list = settings->output;
    }
    if (summing->has_journal && summing->journal.has_lines &&
        !reuse_list(summing, settings, summing->journal.path, false))
        return false;
    return list == NULL || settings->source.trees ||
           reuse_list(summing, settings, list, format_shows_text(&settings->format));
}

/* ---- The run ---- */

/* Returns false after a message. */
static bool complete_command(const struct summing *summing, struct sum_settings *settings)
{
    if (!is_shard(settings) && !settings->resumes)
        return true;
    command_text_operands(&settings->command, summing->operands);
    if (settings->command.has_failed)
        message_error(NULL, strerror(ENOMEM));
    return !settings->command.has_failed;
}

static bool run(struct summing *summing, struct sum_settings *settings)
{
    static atomic_bool stop;
    /* How many files a shard has is not known before each path has been hashed. */
    const struct engine_work work = {.next = next,
                                     .print = print,
                                     .flush = flush,
                                     .count = is_shard(settings) ? NULL : count,
                                     .context = summing,
                                     .stop = summing->has_journal ? &stop : NULL};

    if (summing->has_journal) {
        stop_signal_catch(&stop);
        settings->hash.list = &summing->journal.status;
    }
    summing->output = output_open(settings->output, format_terminator(&settings->format));
    if (summing->output == NULL)
        return false;
    settings->hash.output = summing->output;
    settings->hash.filter = &settings->source.filter;
    settings->hash.text = format_shows_text(&settings->format);
    settings->hash.records_times = settings->format.stat;
    settings->hash.archives = settings->archives.wanted ? &settings->archives : NULL;
    begin_shard(summing);
    return engine_run(&work, &settings->hash, settings->threads) && !stop_signal_has_come() && flush(summing);
}

/* A shard without files is no accident if others have some. */
static void finish(struct summing *summing)
{
    end_shard(summing);
    const bool is_complete = output_finish_list(summing->output, summing->has_files || summing->has_others);
    summing->output = NULL;
    empty_run_warning(summing->has_lines || summing->has_others);
    if (summing->has_journal)
        journal_close(&summing->journal, is_complete);
}

static void abandon(struct summing *summing)
{
    if (summing->output != NULL)
        output_abandon(summing->output);
    if (stop_signal_has_come())
        message_finding(STATUS_AGAIN, summing->journal.path, "stopped by SIGTERM; the same command goes on from here");
    if (summing->has_journal)
        journal_close(&summing->journal, false);
}

void sum_operands(const struct operands *operands, struct sum_settings *settings)
{
    struct summing summing = {
        .settings = settings, .operands = operands, .source = source_open(operands, &settings->source)};

    if (summing.source != NULL && settings->format.text && !format_shows_text(&settings->format))
        message_finding(STATUS_OK, NULL, "--text has no effect without --json or --units");
    if (summing.source != NULL && complete_command(&summing, settings) && open_known(&summing, settings) &&
        run(&summing, settings))
        finish(&summing);
    else
        abandon(&summing);
    for (size_t i = 0; i < summing.reuse_count; i++)
        reuse_close(summing.reuses[i]);
    source_close(summing.source);
}
