/* SPDX-License-Identifier: Apache-2.0 */
/* Makes jobs of operands. */
#include "hash/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/long_path.h"
#include "files/open_stream.h"
#include "files/walk.h"
#include "lists/list_name.h"
#include "lists/record_reader.h"
#include "util/array.h"
#include "util/failure.h"
#include "util/fnv.h"
#include "util/message.h"

struct source {
    const struct source_settings *settings;
    const char *const *operands;
    int count;
    int next;
    bool first_may_be_command; /* the first operand could be a mistyped command */

    struct record_reader names; /* of --files0-from */
    bool has_names;             /* not all of them have been read */
    unsigned long long records;
    uint64_t number;     /* of the current operand, from 1 */
    uint64_t hash;       /* of the operands so far */
    bool may_have_lines; /* the first record contains a newline */
    bool may_be_utf16;   /* or begins with a byte order mark */

    size_t operand;    /* the number of the current one, from 0 */
    struct walk *walk; /* of the current directory operand, or NULL */
    char *buffer;      /* the prefix of its names, or the name of a failed record */
    size_t buffer_capacity;
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
    source->hash = FNV_START;
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
    free(source->buffer);
    free(source);
}

/* Makes a failed job whose path names the record of the list, as FILE:NUMBER. */
static void fail_record(struct source *source, struct job *job, int failure)
{
    const char *list = source->settings->names_from;
    const size_t most = strlen(list) + sizeof ":18446744073709551615";
    char *name = array_grow(source->buffer, &source->buffer_capacity, most, 1);

    if (name == NULL) {
        job_set(job, JOB_OPERAND, list, strlen(list), failure);
        return;
    }
    source->buffer = name;
    const int size = snprintf(name, most, "%s:%llu", list, source->records);
    job_set(job, JOB_OPERAND, name, (size_t)size, failure);
}

/* Returns 0, or why a record is not a name. */
static int check_record(const struct source *source, const struct record *record)
{
    if (record->is_too_long)
        return ENAMETOOLONG;
    if (record->text[0] == '\0')
        return FAILURE_EMPTY_NAME;
    return source->names.descriptor == STDIN_FILENO && strcmp(record->text, "-") == 0 ? FAILURE_STDIN_NAME : 0;
}

/* Returns the next name of --files0-from; NULL at the end, or if it made a job that failed. */
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
    const int failure = check_record(source, &record);
    source->may_have_lines = source->records == 1 && !record.is_too_long && strchr(record.text, '\n') != NULL;
    source->may_be_utf16 = source->records == 1 && !record.is_too_long &&
                           (strncmp(record.text, "\xff\xfe", 2) == 0 || strncmp(record.text, "\xfe\xff", 2) == 0);
    *failed = failure != 0;
    if (*failed)
        fail_record(source, job, failure);
    return *failed ? NULL : record.text;
}

/* Makes `OPERAND/` in the buffer, however many slashes the operand ends with. Returns false if memory is short. */
static bool make_prefix(struct source *source, const char *operand, size_t *size)
{
    size_t length = strlen(operand);
    while (length > 0 && operand[length - 1] == '/')
        length--;
    const bool is_bare = source->settings->names_are_bare && strcmp(operand, ".") == 0;
    char *prefix = array_grow(source->buffer, &source->buffer_capacity, length + 2, 1);
    if (prefix == NULL)
        return false;
    source->buffer = prefix;
    memcpy(source->buffer, operand, length);
    source->buffer[length] = '/';
    source->buffer[length + 1] = '\0';
    *size = is_bare ? 0 : length + 1;
    return true;
}

/* Whether the filter excludes the directory whose prefix is in the buffer. */
static bool excludes_directory(struct source *source, size_t prefix_size)
{
    if (source->settings->keeps_operands || prefix_size == 0)
        return false;
    source->buffer[prefix_size - 1] = '\0';
    const enum ignore_verdict verdict = filter_match_operand(&source->settings->filter, source->buffer, true);
    source->buffer[prefix_size - 1] = '/';
    return verdict == IGNORE_YES;
}

static bool excludes_file(const struct source *source, const char *operand, const struct stat *status)
{
    const struct filter *filter = &source->settings->filter;
    const enum ignore_verdict verdict = filter_match_operand(filter, operand, false);

    if (source->settings->keeps_operands)
        return false;
    return verdict == IGNORE_YES || (verdict == IGNORE_UNDECIDED && filter->only_included) ||
           (S_ISREG(status->st_mode) && !filter_accepts_size(filter, status->st_size));
}

/* Makes one job of the directory operand at `path`, or starts a walk. Returns whether it made a job. */
static bool start_directory(struct source *source, struct job *job, const char *operand, const char *path)
{
    size_t prefix_size = 0;
    int descriptor = -1;

    const bool has_prefix = make_prefix(source, operand, &prefix_size);
    if (has_prefix && excludes_directory(source, prefix_size))
        return false;
    if (has_prefix)
        descriptor = long_path_descriptor(NULL, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        job_set(job, JOB_OPERAND, operand, strlen(operand), has_prefix ? errno : ENOMEM);
        return true;
    }
    if (source->settings->trees) {
        job_set(job, JOB_TREE, source->buffer, prefix_size, 0);
        job->descriptor = descriptor;
        if (job->failure != 0)
            job_close(job);
        return true;
    }
    source->walk = walk_start(descriptor, source->buffer, prefix_size, &source->settings->filter);
    if (source->walk != NULL)
        return false;
    job_set(job, JOB_OPERAND, operand, strlen(operand), ENOMEM);
    return true;
}

/* If the first name does not exist, the list may have another form. */
static void hint_at_form(const struct source *source)
{
    if (source->may_be_utf16)
        message_finding(STATUS_OK, source->settings->names_from, "its characters seem to be those of UTF-16");
    else if (source->may_have_lines)
        message_finding(STATUS_OK, source->settings->names_from, "its names seem to end with newlines, not with NUL");
}

static void set_stream(struct job *job, const char *operand, int stream)
{
    job_set(job, JOB_STREAM, operand, strlen(operand), 0);
    job->stream = stream;
}

/* Checks the type before opening, because opening a device or a FIFO can have side effects. Returns whether it made a
 * job. */
static bool start_operand(struct source *source, struct job *job, const char *operand)
{
    struct stat status;
    const bool may_be_command = source->first_may_be_command;

    source->first_may_be_command = false;
    if (strcmp(operand, "-") == 0) {
        set_stream(job, operand, STDIN_FILENO);
        return true;
    }
    const size_t prefix_size = list_name_prefix_size(operand, source->settings->strip);
    const char *path = list_name_path(operand, prefix_size);
    int failure = long_path_stat(NULL, path, &status) == 0 ? 0 : errno;
    if (failure == 0 && S_ISDIR(status.st_mode))
        return start_directory(source, job, operand, path);
    const int stream = failure == 0 ? open_stream_number(operand, &status) : -1;
    if (stream >= 0) {
        set_stream(job, operand, stream);
        return true;
    }
    if (failure == 0 && excludes_file(source, operand, &status))
        return false;
    if (failure == 0 && !S_ISREG(status.st_mode))
        failure = FAILURE_SPECIAL;
    if (failure == ENOENT && may_be_command)
        failure = FAILURE_NO_COMMAND;
    if (failure == ENOENT || failure == ENAMETOOLONG || failure == ENOTDIR)
        hint_at_form(source);
    job_set(job, JOB_OPERAND, operand, strlen(operand), failure);
    job->name = job->path == NULL ? 0 : prefix_size;
    return true;
}

/* Makes a job of the next entry of the walk. At its end, frees the walk and returns false. */
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
    job->is_at_path = source->settings->strip == NULL;
    return true;
}

static void count_operand(struct source *source, const char *operand)
{
    source->number++;
    source->hash = fnv_add(source->hash, operand, strlen(operand) + 1);
}

/* Goes on to the next operand, and returns it. NULL at the end, or if a record of the list made a job that failed. */
static const char *next_operand(struct source *source, struct job *job, bool *failed)
{
    *failed = false;
    source->operand = source->has_names ? (size_t)source->records : (size_t)source->next;
    if (source->has_names)
        return next_listed(source, job, failed);
    return source->next < source->count ? source->operands[source->next++] : NULL;
}

static bool make_job(struct source *source, struct job *job)
{
    for (;;) {
        bool failed = false;

        if (source->walk != NULL) {
            if (next_of_walk(source, job))
                return true;
            continue;
        }
        const char *operand = next_operand(source, job, &failed);
        if (operand != NULL || failed) /* a record that is no name counts too */
            count_operand(source, operand != NULL ? operand : "");
        if (operand == NULL)
            return failed;
        if (start_operand(source, job, operand))
            return true;
    }
}

bool source_next(struct source *source, struct job *job)
{
    const bool is_made = make_job(source, job);

    job->operand = source->operand;
    return is_made;
}

uint64_t source_operands(const struct source *source, uint64_t *hash)
{
    *hash = source->hash;
    return source->number;
}
