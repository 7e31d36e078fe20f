/* SPDX-License-Identifier: Apache-2.0 */
/* A file that only grows, so that a run that is killed loses nothing but its last moments. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* flock */
#endif
#include "reuse/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "lists/json_limits.h"
#include "lists/list_json.h"
#include "lists/record_reader.h"
#include "output/json_writer.h"
#include "output/replacement.h"
#include "util/failure.h"
#include "util/file_identity.h"
#include "util/message.h"

#define SYNC_SECONDS 30.0

static const char suffix[] = ".part";

static bool fail(const struct journal *journal, const char *reason)
{
    message_error(journal->path, reason);
    return false;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---- Opening ---- */

/* Beside the file that is replaced. Returns false after a message. */
static bool make_path(struct journal *journal, const char *list)
{
    struct stat status;

    if (stat(list, &status) == 0 && !S_ISREG(status.st_mode)) {
        message_error(list, "not a regular file");
        return false;
    }
    char *target = replacement_target(list);
    const size_t size = target == NULL ? 0 : strlen(target);
    journal->path = target == NULL ? NULL : realloc(target, size + sizeof suffix);
    if (journal->path == NULL) {
        message_error(list, strerror(errno));
        free(target);
        return false;
    }
    memcpy(journal->path + size, suffix, sizeof suffix);
    return true;
}

/* Whether the path still leads to the file: the run that had locked it may have removed it. */
static bool is_current(const struct journal *journal)
{
    struct stat status;
    return lstat(journal->path, &status) == 0 && file_is_same(&status, &journal->status);
}

/* Opens the file and locks it. File systems without locks have none to wait for. */
static bool open_locked(struct journal *journal)
{
    do {
        if (journal->descriptor >= 0)
            close(journal->descriptor);
        journal->descriptor = open(journal->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
        if (journal->descriptor < 0 || fstat(journal->descriptor, &journal->status) != 0)
            return fail(journal, strerror(errno));
        if (!S_ISREG(journal->status.st_mode))
            return fail(journal, "not a regular file");
        if (flock(journal->descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
            return fail(journal, "in use by another run");
    } while (!is_current(journal));
    return true;
}

/* ---- The first line ---- */

#define FOREIGN "made by another command, as its first line says; remove it to start anew"

static void write_begin(struct journal *journal, const char *command)
{
    struct json_writer json = json_begin("resume");

    json_string(&json, "command", command);
    json_end(&json, journal->output, NULL);
}

/* Whether the file, which has no whole line, holds nothing but the beginning of a first line. */
static bool is_cut_begin(const struct journal *journal, const char *command)
{
    static const char begin[] = "{\"type\":\"resume\"";
    char found[sizeof begin] = "";
    const ssize_t size = pread(journal->descriptor, found, sizeof begin - 1, 0);

    return size >= 0 && memcmp(found, begin, (size_t)size) == 0 &&
           (size_t)journal->status.st_size < sizeof begin + sizeof ",\"command\":" + strlen(command);
}

/* Whether a first line has this command. */
static bool is_of_command(struct record *record, const char *command)
{
    bool no_memory;
    cJSON *object = record->is_too_long ? NULL : list_json_open(record->text, record->size, &no_memory);
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "type"));
    const char *made = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "command"));
    const bool is_same = type != NULL && strcmp(type, "resume") == 0 && made != NULL && strcmp(made, command) == 0;

    cJSON_Delete(object);
    return is_same;
}

static bool check_begin(struct journal *journal, const char *command, char terminator)
{
    struct record_reader reader = record_reader_make(journal->descriptor, terminator);
    struct record record;
    bool good = false;

    json_memory_install();
    if (!record_next(&reader, &record))
        fail(journal, failure_text(reader.failure));
    else if (!is_of_command(&record, command))
        fail(journal, FOREIGN);
    else
        good = true;
    record_reader_free(&reader);
    return good;
}

/* ---- The last line ---- */

/* Finds where the last whole line ends. Returns -1 with errno set on failure. */
static off_t find_end(int descriptor, off_t size, char terminator)
{
    char block[4096];

    for (off_t end = size; end > 0;) {
        const off_t begin = end > (off_t)sizeof block ? end - (off_t)sizeof block : 0;
        const ssize_t got = pread(descriptor, block, (size_t)(end - begin), begin);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        for (ssize_t i = got; i > 0; i--)
            if (block[i - 1] == terminator)
                return begin + i;
        end = begin;
    }
    return 0;
}

/* Removes the rest of a line that was being written when the run ended, but from no file of another command. */
static bool cut_end(struct journal *journal, const char *command, char terminator)
{
    const off_t end = find_end(journal->descriptor, journal->status.st_size, terminator);

    if (end < 0)
        return fail(journal, strerror(errno));
    journal->has_lines = end > 0;
    if (journal->has_lines && !check_begin(journal, command, terminator))
        return false;
    if (!journal->has_lines && !is_cut_begin(journal, command))
        return fail(journal, FOREIGN);
    if (end < journal->status.st_size && ftruncate(journal->descriptor, end) != 0)
        return fail(journal, strerror(errno));
    return true;
}

/* ---- The whole ---- */

bool journal_open(struct journal *journal, const char *list, const char *command, char terminator)
{
    *journal = (struct journal){.descriptor = -1, .synced = now()};
    if (!make_path(journal, list) || !open_locked(journal) || !cut_end(journal, command, terminator))
        return false;
    if (lseek(journal->descriptor, 0, SEEK_END) < 0)
        return fail(journal, strerror(errno));
    journal->output = output_append(journal->descriptor, journal->path, terminator);
    if (journal->output == NULL)
        return false;
    if (!journal->has_lines)
        write_begin(journal, command);
    return journal_flush(journal);
}

bool journal_flush(struct journal *journal)
{
    output_flush(journal->output);
    if (output_failed(journal->output))
        return false;
    const double time = now();
    if (time - journal->synced < SYNC_SECONDS)
        return true;
    journal->synced = time;
    return fdatasync(journal->descriptor) == 0 || errno == EINVAL || fail(journal, strerror(errno));
}

void journal_close(struct journal *journal, bool is_complete)
{
    if (journal->output != NULL && !is_complete) {
        output_flush(journal->output);
        if (fdatasync(journal->descriptor) != 0 && errno != EINVAL)
            fail(journal, strerror(errno));
    }
    if (is_complete && unlink(journal->path) != 0)
        fail(journal, strerror(errno));
    if (journal->output != NULL)
        output_finish(journal->output);
    else if (journal->descriptor >= 0)
        close(journal->descriptor);
    free(journal->path);
}
