/* SPDX-License-Identifier: Apache-2.0 */
/* iscc walk: lists the files that sum would hash, in order. */
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>

#include "commands/commands.h"
#include "format/file_lines.h"
#include "format/format.h"
#include "hash/empty_warning.h"
#include "hash/source.h"
#include "output/output.h"
#include "util/failure.h"
#include "util/message.h"

struct settings {
    struct source_settings source;
    struct format format;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Output:"),
    OPTIONS_FORMAT(struct settings, format),
    OPTIONS_OUTPUT,
    OPTIONS_HEADING("What is listed:"),
    OPTIONS_SOURCE(struct settings, source, NULL),
    OPTIONS_HEADING("Other:"),
    OPTIONS_COMMON,
};

/* Like sum, leaves out the file that this run writes. */
static bool is_own(const struct output *output, const struct job *job)
{
    struct stat status;
    return job->directory != NULL &&
           fstatat(directory_descriptor(job->directory), job->path + job->name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           output_owns(output, &status);
}

/* Returns whether there was any file. */
static bool list(struct source *source, struct output *output, const struct settings *settings)
{
    const struct format *format = &settings->format;
    struct job job = {.descriptor = -1};
    bool has_files = false;

    while (!output_failed(output) && source_next(source, &job)) {
        const bool skipped = output_owns_any(output) && is_own(output, &job);
        directory_release(job.directory);
        job.directory = NULL;
        if (skipped)
            continue;
        has_files = has_files || job.failure == 0;
        format_name(output, format, &job);
        if (job.failure != 0) {
            output_flush(output);
            message_error(job.path, failure_text(job.failure));
        }
    }
    job_free(&job);
    return has_files;
}

static void print_names(const struct invocation *invocation, const struct settings *settings)
{
    const struct operands operands = invocation_operands(invocation);
    struct source *source = source_open(&operands, &settings->source);
    if (source == NULL)
        return;
    struct output *output = output_open(invocation->output, format_terminator(&settings->format));
    if (output != NULL) {
        const bool has_files = list(source, output, settings);
        output_finish_list(output, has_files);
        empty_run_warning(has_files);
    }
    source_close(source);
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.format = {.json = false}};

    if (invocation_parse(invocation, &settings))
        print_names(invocation, &settings);
    filter_free(&settings.source.filter);
}

const struct command command_walk = {
    .name = "walk",
    .synopsis = "[OPTION]... [FILE|DIRECTORY]...",
    .summary = "list the files of directories in order, without reading them",
    .about =
        "Print the name of each FILE, and of each regular file below each DIRECTORY in TREEWALK-ISCC order: the files "
        "that sum would hash, in the same order.",
    .examples = "iscc walk photos\niscc walk -z photos | xargs -0 ls -l",
    .options = options,
    .run = run,
};
