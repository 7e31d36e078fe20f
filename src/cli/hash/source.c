/* SPDX-License-Identifier: Apache-2.0 */
/* Turns operands into jobs. */
#include "hash/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/walk.h"
#include "lists/record_reader.h"
#include "util/failure.h"
#include "util/message.h"

struct source {
    const struct source_settings *settings;
    const char *const *operands;
    int count;
    int next;
    bool first_may_be_command; /* the first operand stands where a command word could */

    struct record_reader names; /* of --files0-from */
    bool has_names;             /* they are not all read */
    unsigned long long records;

    struct walk *walk; /* of the directory operand that is being listed, or NULL */
    char *prefix;
    size_t prefix_room;
};

static bool open_names(struct source *source, const char *path)
{
    const int descriptor = record_open(path);

    if (descriptor < 0)
        message_error(path, strerror(errno));
    else
        source->names = record_reader_make(descriptor, '\0');
    source->has_names = descriptor >= 0;
    return source->has_names;
}

static void close_names(struct source *source)
{
    if (source->has_names)
        record_close(source->names.descriptor);
    record_reader_free(&source->names);
    source->has_names = false;
}

struct source *source_open(const struct operands *operands, const struct source_settings *settings)
{
    static const char *const standard_input[] = {"-"};

    if (settings->names_from != NULL && operands->count > 0) {
        message_usage(operands->command, "extra operand '%s'; file operands cannot be combined with --files0-from",
                      operands->arguments[0]);
        return NULL;
    }
    struct source *source = calloc(1, sizeof *source);
    if (source == NULL) {
        message_error(NULL, strerror(ENOMEM));
        return NULL;
    }
    source->settings = settings;
    source->operands = operands->arguments;
    source->count = operands->count;
    source->first_may_be_command = operands->first_may_be_command && settings->names_from == NULL;
    if (settings->names_from != NULL) {
        if (!open_names(source, settings->names_from)) {
            source_close(source);
            return NULL;
        }
    } else if (source->count == 0) {
        source->operands = standard_input;
        source->count = 1;
    }
    return source;
}

void source_close(struct source *source)
{
    if (source == NULL)
        return;
    close_names(source);
    walk_free(source->walk);
    free(source->prefix);
    free(source);
}

/* A failure that belongs to a record of the list and not to a file. */
static void fail_record(const struct source *source, struct job *job, int failure)
{
    char where[64];
    int size = snprintf(where, sizeof where, ":%llu", source->records);

    job_set(job, JOB_OPERAND, source->settings->names_from, strlen(source->settings->names_from), failure);
    char *path = realloc(job->path, job->path_size + (size_t)size + 1);
    if (path == NULL)
        return;
    memcpy(path + job->path_size, where, (size_t)size + 1);
    job->path = path;
    job->path_size += (size_t)size;
    job->path_room = job->path_size + 1;
}

/* Why a record is no name, or 0. */
static int judge_record(const struct source *source, const struct record *record)
{
    if (record->is_too_long)
        return ENAMETOOLONG;
    if (record->text[0] == '\0')
        return FAILURE_EMPTY_NAME;
    return source->names.descriptor == STDIN_FILENO && strcmp(record->text, "-") == 0 ? FAILURE_STDIN_NAME : 0;
}

/* The next name of --files0-from; NULL at the end, or where `job` is one that failed. */
static const char *next_listed(struct source *source, struct job *job, bool *failed)
{
    const char *path = source->settings->names_from;
    struct record record;

    if (!record_next(&source->names, &record)) {
        *failed = source->names.failure != 0;
        if (*failed)
            job_set(job, JOB_OPERAND, path, strlen(path), source->names.failure);
        close_names(source);
        return NULL;
    }
    source->records++;
    const int failure = judge_record(source, &record);
    *failed = failure != 0;
    if (*failed)
        fail_record(source, job, failure);
    return *failed ? NULL : record.text;
}

/* `OPERAND/`, whatever number of slashes the operand ends with. False if memory is short. */
static bool make_prefix(struct source *source, const char *operand, size_t *size)
{
    size_t length = strlen(operand);
    while (length > 0 && operand[length - 1] == '/')
        length--;
    if (length + 2 > source->prefix_room) {
        char *prefix = realloc(source->prefix, length + 2);
        if (prefix == NULL)
            return false;
        source->prefix = prefix;
        source->prefix_room = length + 2;
    }
    memcpy(source->prefix, operand, length);
    source->prefix[length] = '/';
    source->prefix[length + 1] = '\0';
    *size = length + 1;
    return true;
}

/* Whether the filter leaves the directory out that the prefix is about. */
static bool leaves_directory_out(struct source *source, size_t prefix_size)
{
    if (source->settings->takes_operands)
        return false;
    source->prefix[prefix_size - 1] = '\0';
    const enum ignore_verdict verdict = filter_match_operand(&source->settings->filter, source->prefix, true);
    source->prefix[prefix_size - 1] = '/';
    return verdict == IGNORE_YES;
}

static bool leaves_file_out(const struct source *source, const char *operand, const struct stat *status)
{
    const struct filter *filter = &source->settings->filter;
    const enum ignore_verdict verdict = filter_match_operand(filter, operand, false);

    if (source->settings->takes_operands)
        return false;
    return verdict == IGNORE_YES || (verdict == IGNORE_UNDECIDED && filter->only_included) ||
           (S_ISREG(status->st_mode) && !filter_accepts_size(filter, status->st_size));
}

/* Begins with a directory operand: a job of its own for a tree, the start of a walk otherwise. Returns whether `job`
 * was made. */
static bool begin_directory(struct source *source, struct job *job, const char *operand)
{
    size_t prefix_size = 0;
    int descriptor = -1;

    const bool has_prefix = make_prefix(source, operand, &prefix_size);
    if (has_prefix && leaves_directory_out(source, prefix_size))
        return false;
    if (has_prefix)
        descriptor = open(operand, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        job_set(job, JOB_OPERAND, operand, strlen(operand), has_prefix ? errno : ENOMEM);
        return true;
    }
    if (source->settings->trees) {
        job_set(job, JOB_TREE, source->prefix, prefix_size, 0);
        job->descriptor = descriptor;
        if (job->failure != 0)
            job_close(job);
        return true;
    }
    source->walk = walk_start(descriptor, source->prefix, prefix_size, &source->settings->filter);
    if (source->walk != NULL)
        return false;
    job_set(job, JOB_OPERAND, operand, strlen(operand), ENOMEM);
    return true;
}

/* Looks before it opens: to open a device or a FIFO can have effects of its own. Returns whether `job` was made. */
static bool begin_operand(struct source *source, struct job *job, const char *operand)
{
    struct stat status;
    const bool may_be_command = source->first_may_be_command;

    source->first_may_be_command = false;
    if (strcmp(operand, "-") == 0) {
        job_set(job, JOB_STDIN, "-", 1, 0);
        return true;
    }
    int failure = stat(operand, &status) == 0 ? 0 : errno;
    if (failure == 0 && S_ISDIR(status.st_mode))
        return begin_directory(source, job, operand);
    if (failure == 0 && leaves_file_out(source, operand, &status))
        return false;
    if (failure == 0 && !S_ISREG(status.st_mode))
        failure = FAILURE_SPECIAL;
    if (failure == ENOENT && may_be_command)
        failure = FAILURE_NO_COMMAND;
    job_set(job, JOB_OPERAND, operand, strlen(operand), failure);
    return true;
}

/* Returns whether the walk had one more job; frees it at its end. */
static bool next_of_walk(struct source *source, struct job *job)
{
    struct walk_entry entry;
    enum walk_event event = walk_next(source->walk, &entry);

    if (event == WALK_END) {
        walk_free(source->walk);
        source->walk = NULL;
        return false;
    }
    job_set_entry(job, event, &entry);
    return true;
}

bool source_next(struct source *source, struct job *job)
{
    for (;;) {
        const char *operand = NULL;
        bool failed = false;

        if (source->walk != NULL) {
            if (next_of_walk(source, job))
                return true;
            continue;
        }
        if (source->has_names)
            operand = next_listed(source, job, &failed);
        else if (source->next < source->count)
            operand = source->operands[source->next++];
        if (operand == NULL)
            return failed;
        if (begin_operand(source, job, operand))
            return true;
    }
}
