/* SPDX-License-Identifier: Apache-2.0 */
/* Turns operands into lines, all of them or those of one shard. */
#include "sum/sum.h"

#include <errno.h>
#include <string.h>

#include "format/file_lines.h"
#include "hash/count.h"
#include "hash/engine.h"
#include "hash/times_warning.h"
#include "output/output.h"
#include "reuse/reuse.h"
#include "util/failure.h"
#include "util/message.h"

struct summing {
    const struct sum_settings *settings;
    const struct operands *operands;
    struct source *source;
    struct reuse *reuse; /* or NULL */
    struct output *output;
    uint64_t operand; /* of the last line of a shard */
    bool has_others;  /* another shard has files; set by next() */
    bool has_files;   /* something was hashed */
    bool has_warned;  /* of times that are not trusted */
};

static bool is_shard(const struct sum_settings *settings)
{
    return settings->shard.count > 0;
}

static bool next(void *context, struct job *job)
{
    struct summing *summing = context;

    while (source_next(summing->source, job)) {
        if (job->failure != 0 || shard_has(&summing->settings->shard, job->path, job->path_size)) {
            if (summing->reuse != NULL)
                reuse_find(summing->reuse, job);
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
        (job->operand == summing->operand && !job->is_directory))
        return;
    summing->operand = job->operand;
    shard_write_operand(summing->output, json, job->operand, job->is_directory);
}

static void print(void *context, struct job *job)
{
    struct summing *summing = context;

    if (job->kind == JOB_SKIPPED)
        return;
    /* A tree without bytes is as suspicious as a directory without files. */
    summing->has_files = summing->has_files || (job->failure == 0 && (job->kind != JOB_TREE || job->code.filesize > 0));
    if (job->kind != JOB_KNOWN && (summing->settings->format.stat || job->listed != NULL))
        times_warning(job, summing->output, &summing->has_warned);
    print_operand(summing, job);
    if (job->kind == JOB_KNOWN)
        format_file(summing->output, &summing->settings->format, job->listed);
    else
        format_result(summing->output, &summing->settings->format, job);
    if (job->failure != 0) {
        /* On a terminal, the message then appears in place of the line. */
        output_flush(summing->output);
        message_error(job_failed_path(job), failure_text(job->failure));
    }
}

static bool flush(void *context)
{
    struct summing *summing = context;

    output_flush(summing->output);
    return !output_failed(summing->output);
}

static bool count(void *context)
{
    const struct summing *summing = context;
    return count_operands(summing->operands, &summing->settings->source);
}

/* ---- Shards ---- */

/* Returns false after a message. */
static bool begin_shard(const struct summing *summing, struct sum_settings *settings)
{
    if (!is_shard(settings))
        return true;
    command_text_operands(&settings->command, summing->operands);
    if (settings->command.has_failed) {
        message_error(NULL, strerror(ENOMEM));
        return false;
    }
    shard_write_begin(summing->output, settings->format.json, &settings->shard, settings->command.text);
    return true;
}

static void end_shard(const struct summing *summing)
{
    struct shard_end end = {.errors = message_errors()};

    end.operands = source_operands(summing->source, &end.hash);
    if (is_shard(summing->settings))
        shard_write_end(summing->output, summing->settings->format.json, &summing->settings->shard, &end);
}

/* ---- The run ---- */

/* Returns false after a message. */
static bool open_reused(struct summing *summing, struct sum_settings *settings)
{
    const struct reuse_needs needs = {
        .flags = settings->hash.flags, .datahash = settings->format.json, .units = settings->format.units};

    if (settings->reuse == NULL || settings->source.trees)
        return true;
    summing->reuse = reuse_open(settings->reuse, summing->operands, &settings->source, &needs);
    settings->hash.is_up_to_date = reuse_is_up_to_date;
    return summing->reuse != NULL;
}

static bool run(struct summing *summing, struct sum_settings *settings)
{
    /* How many files a shard has is not known before each path has been hashed. */
    const struct engine_work work = {
        .next = next, .print = print, .flush = flush, .count = is_shard(settings) ? NULL : count, .context = summing};

    settings->hash.output = summing->output;
    settings->hash.filter = &settings->source.filter;
    settings->hash.records_times = settings->format.stat;
    return begin_shard(summing, settings) && engine_run(&work, &settings->hash, settings->threads);
}

void sum_operands(const struct operands *operands, struct sum_settings *settings)
{
    struct summing summing = {
        .settings = settings, .operands = operands, .source = source_open(operands, &settings->source)};

    if (summing.source != NULL && open_reused(&summing, settings))
        summing.output = output_open(settings->output, format_terminator(&settings->format));
    if (summing.output != NULL && run(&summing, settings)) {
        end_shard(&summing);
        /* A shard without files is no accident if others have some. */
        output_finish_list(summing.output, summing.has_files || summing.has_others);
    } else if (summing.output != NULL) {
        output_abandon(summing.output);
    }
    reuse_close(summing.reuse);
    source_close(summing.source);
}
