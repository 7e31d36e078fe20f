/* SPDX-License-Identifier: Apache-2.0 */
/* Makes a job of each line, and prints a verdict on each job: docs/check-rules.md, R10 to R16. */
#include "check/check_list.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archive_pass.h"
#include "check/check_report.h"
#include "check/listed_archives.h"
#include "check/verdict.h"
#include "files/long_path.h"
#include "files/same_name.h"
#include "format/format.h"
#include "hash/engine.h"
#include "lists/list_name.h"
#include "lists/list_reader.h"
#include "lists/record_reader.h"
#include "progress/progress.h"
#include "util/failure.h"
#include "util/message.h"

struct list_check {
    const struct check_settings *settings;
    const char *path; /* of the list */
    bool is_file;     /* the list, and not a pipe */
    struct list_reader *list;
    const struct directory *base; /* of --base, or NULL */
    struct listed_files *listed;  /* the names are added to it; or NULL */
    struct output *output;
    struct format format;
    int failure; /* 0, or why the list could not be read in full */
    uint64_t counts[VERDICTS];
    bool has_stripped;              /* a name began with the prefix of --strip */
    struct same_name_search search; /* for missing files; used only by print() */
    struct listed_archives archives;
    struct list_entry next_line; /* a line about a member, if has_next_line: the job before it reads the archive */
    bool has_next_line;
    atomic_bool wants_texts; /* an archive that was read had to be read again for Text-Codes; set by print() */
    uint64_t not_looked;     /* lines about members, without --archives */
    uint64_t damaged;        /* lines whose code cannot be read; their verdicts are counted as well */
};

/* ---- Making jobs ---- */

/* R18. `name` is without the prefix of --strip. */
static bool is_outside(const struct list_check *check, const char *name)
{
    return check->base != NULL && !list_name_is_inside(name);
}

/* Returns 0 if the name is a directory that can be opened, ENOTDIR if it is none, or why it cannot be opened. */
static int try_directory(const struct list_check *check, const char *name)
{
    const int descriptor = long_path_descriptor(check->base, name, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);

    if (descriptor < 0)
        return errno;
    close(descriptor);
    return 0;
}

/* Sets up a job for what could not be read when it was listed: a file is hashed, to see whether it can be read now, a
 * directory only opened. */
static void set_failed_line(const struct list_check *check, struct job *job, size_t prefix_size)
{
    const struct file_record *file = &job->line->file;
    const int failure =
        failure_is_of_record(file->failure) ? 0 : try_directory(check, list_name_path(file->name, prefix_size));

    if (failure == ENOTDIR)
        job_set_listed(job, check->base, file->name, file->name_size, prefix_size);
    else
        job_set(job, JOB_KNOWN, file->name, file->name_size, failure);
}

/* Returns false if memory is short for the path. */
static bool set_listed(struct list_check *check, struct job *job)
{
    struct file_record *file = &job->line->file;
    const size_t prefix_size = list_name_prefix_size(file->name, check->settings->strip);
    const bool is_stdin = strcmp(file->name, "-") == 0;

    check->has_stripped = check->has_stripped || prefix_size > 0;
    if (is_outside(check, file->name + prefix_size))
        job_set(job, JOB_LISTED, file->name, file->name_size, FAILURE_OUTSIDE);
    else if (file->failure != 0 && !is_stdin)
        set_failed_line(check, job, prefix_size);
    else
        job_set_listed(job, check->base, file->name, file->name_size, prefix_size);
    file->name = job->path;
    if (is_stdin && check->settings->stdin_is_list)
        job->failure = FAILURE_STDIN_NAME;
    return job->path_size == file->name_size;
}

static bool set_bad_line(const struct list_check *check, struct job *job)
{
    const size_t size = strlen(check->path);

    job_set(job, JOB_LISTED, check->path, size, FAILURE_LINE);
    return job->path_size == size && job->path != NULL;
}

/* Skips what is not looked up: standard input, records, and names that lead out of the base. */
static bool add_name(const struct list_check *check, const struct file_record *file)
{
    const size_t prefix_size = list_name_prefix_size(file->name, check->settings->strip);
    const char *name = file->name + prefix_size;

    return check->listed == NULL || strcmp(file->name, "-") == 0 || failure_is_of_record(file->failure) ||
           is_outside(check, name) || listed_files_add(check->listed, name, file->name_size - prefix_size);
}

/* Returns false if memory is short. */
static bool set_job(struct list_check *check, struct job *job, const struct list_entry *line, enum list_event event)
{
    if (job->line == NULL && (job->line = malloc(sizeof *job->line)) == NULL)
        return false;
    const bool has_name = event != LIST_BAD_LINE;
    if (has_name && !add_name(check, &line->file))
        return false;
    *job->line = *line;
    const bool is_set = has_name ? set_listed(check, job) : set_bad_line(check, job);
    job->listed = &job->line->file;
    return is_set;
}

/* Before the first line about members of an archive comes a job that reads it. Returns false if memory is short. */
static bool set_member_job(struct list_check *check, struct job *job, const struct list_entry *line)
{
    const size_t prefix_size = list_name_prefix_size(line->file.name, check->settings->strip);
    bool is_new;

    struct listed_archive *archive =
        listed_archives_of(&check->archives, check->base, &line->file, prefix_size, &is_new);
    if (archive == NULL || (job->line == NULL && (job->line = malloc(sizeof *job->line)) == NULL))
        return false;
    *job->line = *line;
    if (is_new) {
        const int failure = is_outside(check, line->file.name + prefix_size) ? FAILURE_OUTSIDE : 0;
        job_set(job, JOB_ARCHIVE, archive->path, archive->path_size, failure);
        job->line->file.text_bits = atomic_load(&check->wants_texts) ? 256 : line->file.text_bits;
        check->next_line = *line;
    } else {
        job_set(job, JOB_KNOWN, line->file.name, line->file.name_size, 0);
    }
    check->has_next_line = is_new;
    check->has_stripped = check->has_stripped || prefix_size > 0;
    job->name = job->path == NULL ? 0 : prefix_size;
    job->archive = archive;
    job->line->file.name = job->path;
    job->listed = &job->line->file;
    return job->path != NULL;
}

/* Reads up to the next line that makes a job. */
static enum list_event next_line(struct list_check *check, struct list_entry *line)
{
    enum list_event event;

    while ((event = list_reader_next(check->list, line)) != LIST_END && line->file.is_member &&
           !check->settings->checks_members)
        check->not_looked++;
    return event;
}

/* If no job is made, `job` must not own anything, because the caller will not free it. */
static bool next(void *context, struct job *job)
{
    struct list_check *check = context;
    struct list_entry line = check->next_line;
    enum list_event event = LIST_ENTRY;

    if (!check->has_next_line)
        event = next_line(check, &line);
    if (event == LIST_END) {
        check->failure = list_reader_failure(check->list);
        return false;
    }
    if (line.file.is_member ? set_member_job(check, job, &line) : set_job(check, job, &line, event))
        return true;
    job_free(job);
    check->failure = ENOMEM;
    return false;
}

/* Reads the list again. A pipe has its lines only once, even if it is opened by a name such as /dev/fd/3. */
static bool count(void *context)
{
    const struct list_check *check = context;
    struct list_entry line;
    enum list_event event;
    bool goes_on = true;

    const int descriptor = !check->is_file || strcmp(check->path, "-") == 0 ? -1 : record_open(check->path);
    struct list_reader *list = descriptor < 0 ? NULL : list_reader_new(descriptor, check->settings->zero);
    while (list != NULL && goes_on && (event = list_reader_next(list, &line)) != LIST_END)
        goes_on = progress_expect(1, event == LIST_ENTRY && line.file.has_filesize ? line.file.filesize : 0);
    const bool is_counted = list != NULL && goes_on;
    list_reader_free(list);
    if (descriptor >= 0)
        record_close(descriptor);
    return is_counted;
}

/* ---- Printing verdicts ---- */

/* The list to name where it is not the only one, or NULL. */
static const char *list_to_name(const struct list_check *check)
{
    return check->settings->has_several_lists ? check->path : NULL;
}

static void report_damage(struct list_check *check, const struct job *job)
{
    check->damaged++;
    if (check->settings->report != REPORT_WARN)
        return;
    output_flush(check->output);
    message_finding(STATUS_OK, check->path, "%" PRIu64 ": %s", job->listed->line, failure_text(FAILURE_DAMAGED));
}

/* A missing file may be there by a name that looks the same. */
static void report_unread(struct list_check *check, const struct job *job)
{
    const int base = check->base == NULL ? AT_FDCWD : directory_descriptor(check->base);
    const char *name = job_failed_path(job);
    char *hint = NULL;

    if (job->failure == ENOENT && job->failed_path == NULL && job->archive == NULL)
        hint = same_name_hint(&check->search, base, list_name_path(job->path, job->name));
    if (hint != NULL)
        message_finding(STATUS_TROUBLE, name, "%s; %s", failure_text(job->failure), hint);
    else
        message_error(name, failure_text(job->failure));
    free(hint);
}

static void report_failure(struct list_check *check, const struct job *job, enum verdict verdict)
{
    if (verdict == VERDICT_MALFORMED && check->settings->report != REPORT_WARN)
        return;
    output_flush(check->output);
    if (verdict == VERDICT_MALFORMED)
        message_finding(STATUS_OK, job->path, "%" PRIu64 ": %s", job->listed->line, failure_text(job->failure));
    else
        report_unread(check, job);
}

/* Gives the job of a line about a member the code that the member has now. */
static void find_member(struct list_check *check, struct job *job)
{
    struct listed_archive *archive = job->archive;

    if (job->listed->text_bits > 0 && !archive->has_texts) {
        atomic_store(&check->wants_texts, true);
        listed_archive_read_again(archive, &check->settings->archives, check->base, job->name, check->output);
    }
    listed_archive_find(archive, job);
}

static void print(void *context, struct job *job)
{
    struct list_check *check = context;
    const struct check_settings *settings = check->settings;

    if (job->kind == JOB_ARCHIVE) {
        listed_archive_fill(job->archive, job->members, job->failure, check->output);
        job->archive->has_texts = job->listed->text_bits > 0;
        return;
    }
    if (job->archive != NULL)
        find_member(check, job);
    const enum verdict verdict = verdict_of(job);

    check->counts[verdict]++;
    if (verdict == VERDICT_MISSING && settings->ignore_missing)
        return;
    if (job->line->is_damaged)
        report_damage(check, job);
    if (job->failure != 0)
        report_failure(check, job, verdict);
    if (settings->report != REPORT_STATUS && (verdict != VERDICT_OK || settings->report != REPORT_QUIET))
        check_report_verdict(check->output, &check->format, list_to_name(check), job, verdict);
}

static bool flush(void *context)
{
    struct list_check *check = context;

    output_flush(check->output);
    return !output_failed(check->output);
}

/* ---- The end of a list ---- */

static void print_counts(const struct list_check *check, bool none_valid)
{
    const uint64_t *counts = check->counts;
    const uint64_t missing = check->settings->ignore_missing ? 0 : counts[VERDICT_MISSING];
    const char *list = list_to_name(check);

    if (check->settings->json)
        check_report_summary(check->output, check->path, counts);
    output_flush(check->output);
    if (none_valid)
        return;
    message_count(list, counts[VERDICT_MALFORMED], "line is improperly formatted", "lines are improperly formatted");
    message_count(list, check->damaged, "line has a damaged code", "lines have damaged codes");
    message_count(list, counts[VERDICT_UNREADABLE] + missing, "listed file could not be read",
                  "listed files could not be read");
    message_count(list, counts[VERDICT_UNREADABLE_THEN], "file could not be read when it was listed",
                  "files could not be read when they were listed");
    message_count(list, counts[VERDICT_FAILED] + counts[VERDICT_ROTTEN] + counts[VERDICT_SUSPECT],
                  "computed checksum did NOT match", "computed checksums did NOT match");
    message_count(list, counts[VERDICT_ROTTEN], "file changed though its times did not: bit rot",
                  "files changed though their times did not: bit rot");
    message_count(list, counts[VERDICT_SUSPECT], "file changed though its mtime did not",
                  "files changed though their mtimes did not");
}

static void conclude(const struct list_check *check)
{
    const struct check_settings *settings = check->settings;
    const uint64_t *counts = check->counts;
    const bool none_verified = settings->ignore_missing && counts[VERDICT_OK] == 0;
    const uint64_t failed =
        counts[VERDICT_FAILED] + counts[VERDICT_ROTTEN] + counts[VERDICT_SUSPECT] + counts[VERDICT_UNREADABLE_THEN];
    const bool none_valid =
        counts[VERDICT_OK] + failed + counts[VERDICT_MISSING] + counts[VERDICT_UNREADABLE] + check->not_looked == 0;

    if (settings->report != REPORT_STATUS)
        print_counts(check, none_valid);
    if (check->not_looked > 0)
        message_finding(STATUS_TROUBLE, check->path,
                        "%" PRIu64 " lines are about members of archives, which only --archives checks",
                        check->not_looked);
    if (check->failure != 0)
        message_error(check->path, failure_text(check->failure));
    else if (none_valid)
        message_finding(STATUS_DIFFERENT, check->path, "no properly formatted checksum lines found");
    else if (settings->strip != NULL && !check->has_stripped) /* the files checked may not be those that were meant */
        message_finding(STATUS_TROUBLE, check->path, "no name begins with '%.200s', the PREFIX of --strip",
                        settings->strip);
    else if (none_verified && settings->report != REPORT_STATUS)
        message_finding(STATUS_DIFFERENT, check->path, "no file was verified");
    const char *hint = list_reader_hint(check->list);
    if (hint != NULL && counts[VERDICT_OK] + failed == 0)
        message_finding(STATUS_OK, check->path, "%s", hint);
    if (failed > 0 || none_verified || (settings->strict && counts[VERDICT_MALFORMED] > 0))
        status_raise(STATUS_DIFFERENT);
}

bool check_list(const char *path, const struct check_settings *settings, const struct directory *base,
                struct listed_files *listed, struct output *output)
{
    struct list_check check = {.settings = settings,
                               .path = path,
                               .base = base,
                               .listed = listed,
                               .output = output,
                               .format = {.json = settings->json}};
    const struct engine_work work = {.next = next, .print = print, .flush = flush, .count = count, .context = &check};
    struct stat status;
    const struct hash_settings hash = {.filter = &settings->filter,
                                       .flags = ISCC_WIDE,
                                       .trusts_times = settings->trusts_times,
                                       .output = output,
                                       .archives = &settings->archives,
                                       .list = &status,
                                       .base = base};
    bool is_read = false;

    const int descriptor = record_open(path);
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        message_error(path, strerror(errno));
        goto out;
    }
    check.is_file = S_ISREG(status.st_mode);
    check.list = list_reader_new(descriptor, settings->zero);
    if (check.list == NULL || (listed != NULL && !listed_files_begin_list(listed, &status, base)))
        message_error(path, strerror(ENOMEM));
    else if (engine_run(&work, &hash, settings->threads) && !output_failed(output)) {
        conclude(&check);
        is_read = check.failure == 0;
    }
out:
    listed_archives_free(&check.archives);
    list_reader_free(check.list);
    record_close(descriptor);
    return is_read;
}
