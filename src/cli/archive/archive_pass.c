/* SPDX-License-Identifier: Apache-2.0 */
/* Buffers and checks the records of a child. */
#include "archive/archive_pass.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "streams/archive_magic.h"
#include "archive/archive_process.h"
#include "archive/wire.h"
#include "files/long_path.h"
#include "util/array.h"
#include "util/failure.h"
#include "util/file_identity.h"

/* From here on, a pass that is read ahead leaves the rest to whoever prints it. Then its child waits, so only a few
 * may do so, and the others go on to read ahead. */
#define BUFFERED_MAX ((size_t)16 * 1024 * 1024)
enum { SUSPENDED_MAX = 4 };

/* No format that is read unpacks to more, except sparse files and some with long repetitions: 1032 is the limit of
 * deflate. */
#define LIMIT_LEAST ((uint64_t)1024 * 1024 * 1024)
enum { LIMIT_RATIO = 1100 };

enum { READ_SIZE = 64 * 1024, POLL_MILLISECONDS = 100 };

static atomic_size_t buffered; /* bytes of all passes */
static atomic_int suspended;

struct archive_pass {
    int pipe;           /* -1: the pass has ended */
    int archive;        /* the file, to see whether it has changed; or -1 */
    struct stat status; /* of it, before the pass */
    unsigned flags;
    int failure; /* of the outer archive */
    bool is_suspended;
    bool has_reported; /* the last record was returned */
    char *path;        /* with `!/`, then the name of a member */
    size_t path_size;  /* without */
    size_t path_capacity;
    char *buffer; /* bytes begin..end-1 have not been returned */
    size_t begin;
    size_t end;
    size_t capacity;
};

bool archive_pass_is_for(int descriptor, const struct stat *status)
{
    return archive_magic_of_file(descriptor, status) != MAGIC_NONE;
}

bool archive_pass_is_for_path(const char *path)
{
    struct stat status;

    if (strcmp(path, "-") == 0 || long_path_stat(NULL, path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    const int descriptor = long_path_descriptor(NULL, path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    const bool is_archive = descriptor >= 0 && archive_pass_is_for(descriptor, &status);
    if (descriptor >= 0)
        close(descriptor);
    return is_archive;
}

bool archive_pass_is_for_any(const char *const *paths, int count)
{
    for (int i = 0; i < count; i++)
        if (archive_pass_is_for_path(paths[i]))
            return true;
    return false;
}

/* ---- The pipe ---- */

static void end_pass(struct archive_pass *pass, int failure)
{
    struct stat after;

    if (pass->pipe >= 0)
        close(pass->pipe);
    pass->pipe = -1;
    if (pass->archive >= 0 && (fstat(pass->archive, &after) != 0 || !file_is_unchanged(&pass->status, &after)))
        failure = FAILURE_CHANGED;
    if (pass->archive >= 0)
        close(pass->archive);
    pass->archive = -1;
    pass->failure = failure;
}

static void fill(struct archive_pass *pass)
{
    if (pass->begin > 0)
        memmove(pass->buffer, pass->buffer + pass->begin, pass->end - pass->begin);
    pass->end -= pass->begin;
    pass->begin = 0;
    char *grown = array_grow(pass->buffer, &pass->capacity, pass->end + READ_SIZE, 1);
    if (grown == NULL) {
        end_pass(pass, ENOMEM);
        return;
    }
    pass->buffer = grown;
    const ssize_t got = read(pass->pipe, pass->buffer + pass->end, READ_SIZE);
    if (got == 0 || (got < 0 && errno != EINTR)) {
        end_pass(pass, FAILURE_ARCHIVE); /* the child has died */
        return;
    }
    pass->end += got > 0 ? (size_t)got : 0;
    atomic_fetch_add(&buffered, got > 0 ? (size_t)got : 0);
}

/* Whether a whole record is in the buffer, which may be followed by a part of one. */
static bool has_record(const struct archive_pass *pass, struct wire_record *wire)
{
    const size_t size = pass->end - pass->begin;

    if (size < sizeof *wire)
        return false;
    memcpy(wire, pass->buffer + pass->begin, sizeof *wire);
    return wire->name_size > WIRE_NAME_MAX || size - sizeof *wire >= wire->name_size;
}

static bool has_ended(const struct archive_pass *pass)
{
    static const size_t size = sizeof(struct wire_record);
    struct wire_record last;

    if (pass->pipe < 0)
        return true;
    if (pass->end - pass->begin < size)
        return false;
    memcpy(&last, pass->buffer + pass->end - size, size);
    return last.kind == WIRE_END && last.name_size == 0;
}

void archive_pass_collect(struct archive_pass *pass, bool is_bounded, const atomic_bool *is_cancelled)
{
    struct pollfd waiting = {.fd = pass->pipe, .events = POLLIN};

    while (pass->pipe >= 0 && !has_ended(pass) && (is_cancelled == NULL || !atomic_load(is_cancelled))) {
        if (is_bounded && atomic_load(&buffered) >= BUFFERED_MAX) {
            pass->is_suspended = atomic_fetch_add(&suspended, 1) < SUSPENDED_MAX;
            if (pass->is_suspended)
                return;
            atomic_fetch_sub(&suspended, 1);
        }
        if (poll(&waiting, 1, POLL_MILLISECONDS) > 0)
            fill(pass);
    }
}

/* ---- Records ---- */

static bool set_name(struct archive_pass *pass, const char *name, size_t size)
{
    const size_t start = pass->path_size + 2;
    char *grown = array_grow(pass->path, &pass->path_capacity, start + size + 1, 1);

    if (grown == NULL)
        return false;
    pass->path = grown;
    memcpy(grown + pass->path_size, "!/", 2);
    memcpy(grown + start, name, size);
    grown[start + size] = '\0';
    return true;
}

/* The name is in pass->path. */
static struct file_record record_of(const struct archive_pass *pass, const struct wire_record *wire)
{
    const bool is_archive = wire->kind == WIRE_FAILURE;
    const size_t inner_size = is_archive ? wire->name_size : wire->inner_size;
    struct file_record file = {
        .name = pass->path,
        .name_size = pass->path_size + 2 + wire->name_size,
        .is_member = true,
        .member = {.entry = wire->entry,
                   .link = wire->link,
                   .archive_size = (uint32_t)(pass->path_size + (inner_size > 0 ? 2 : 0) + inner_size),
                   .format = wire->format},
        .flags = (uint8_t)pass->flags,
        .failure = (int16_t)wire->failure};

    if (wire->failure != 0)
        return file;
    file.filesize = wire->filesize;
    file.has_filesize = true;
    file_record_add_digest(&file, ISCC_DATA, wire->data, 8 * sizeof wire->data);
    file_record_add_digest(&file, ISCC_INSTANCE, wire->instance, 8 * sizeof wire->instance);
    if (wire->has_text)
        file_record_add_digest(&file, ISCC_CONTENT, wire->text, 8 * sizeof wire->text);
    return file;
}

/* Why the outer archive was not read to its end. Returns false if it was. */
static bool last_record(struct archive_pass *pass, struct file_record *member)
{
    if (pass->failure == 0 || pass->has_reported)
        return false;
    pass->has_reported = true;
    pass->path[pass->path_size] = '\0';
    *member = (struct file_record){.name = pass->path,
                                   .name_size = pass->path_size,
                                   .is_member = true,
                                   .member = {.archive_size = (uint32_t)pass->path_size},
                                   .failure = (int16_t)pass->failure};
    return true;
}

static void discard(struct archive_pass *pass, size_t size)
{
    pass->begin += size;
    atomic_fetch_sub(&buffered, size);
}

/* A child that sends nonsense counts as dead. */
static bool parse_record(struct archive_pass *pass, const struct wire_record *wire, struct file_record *member)
{
    const char *name = pass->buffer + pass->begin + sizeof *wire;

    if (wire->name_size > WIRE_NAME_MAX || !wire_is_valid(wire, name))
        end_pass(pass, FAILURE_ARCHIVE);
    else if (wire->kind == WIRE_END)
        end_pass(pass, wire->failure);
    else if (!set_name(pass, name, wire->name_size))
        end_pass(pass, ENOMEM);
    else {
        *member = record_of(pass, wire);
        discard(pass, sizeof *wire + wire->name_size);
        return true;
    }
    discard(pass, pass->end - pass->begin);
    return last_record(pass, member);
}

bool archive_pass_next(struct archive_pass *pass, struct file_record *member)
{
    struct wire_record wire;

    if (pass->is_suspended)
        atomic_fetch_sub(&suspended, 1);
    pass->is_suspended = false;
    while (!has_record(pass, &wire)) {
        if (pass->pipe < 0)
            return last_record(pass, member);
        fill(pass);
    }
    return parse_record(pass, &wire, member);
}

/* ---- Start and end ---- */

static void set_request(struct archive_request *request, const struct archive_pass *pass,
                        const struct archive_settings *settings, bool text)
{
    const uint64_t size = pass->status.st_size > 0 ? (uint64_t)pass->status.st_size : 0;
    const uint64_t limit = size > UINT64_MAX / LIMIT_RATIO ? UINT64_MAX : size * LIMIT_RATIO;
    const char *slash = strrchr(pass->path, '/');
    const char *name = slash == NULL ? pass->path : slash + 1;

    *request = (struct archive_request){.size = size,
                                        .limit = limit > LIMIT_LEAST ? limit : LIMIT_LEAST,
                                        .depth = settings->depth > 0 ? (unsigned)settings->depth : 1,
                                        .text = text};
    if (settings->limit > 0)
        request->limit = settings->limit;
    memcpy(request->name, name, strnlen(name, sizeof request->name - 1));
}

struct archive_pass *archive_pass_start(int descriptor, const struct stat *status, const char *path, size_t path_size,
                                        const struct archive_settings *settings, unsigned flags, bool text, int failure)
{
    struct archive_pass *pass = calloc(1, sizeof *pass);
    struct archive_request request;

    if (pass == NULL)
        return NULL;
    *pass = (struct archive_pass){.pipe = -1,
                                  .archive = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1),
                                  .status = *status,
                                  .flags = flags,
                                  .path_size = path_size};
    pass->path = array_grow(NULL, &pass->path_capacity, path_size + 3, 1);
    if (pass->path == NULL) {
        archive_pass_free(pass);
        return NULL;
    }
    memcpy(pass->path, path, path_size);
    pass->path[path_size] = '\0';
    set_request(&request, pass, settings, text);
    if (failure != 0)
        end_pass(pass, failure);
    else if (pass->archive < 0 || (pass->pipe = archive_process_read(descriptor, &request)) < 0)
        end_pass(pass, errno);
    return pass;
}

void archive_pass_free(struct archive_pass *pass)
{
    if (pass == NULL)
        return;
    if (pass->is_suspended)
        atomic_fetch_sub(&suspended, 1);
    atomic_fetch_sub(&buffered, pass->end - pass->begin);
    if (pass->pipe >= 0)
        close(pass->pipe);
    if (pass->archive >= 0)
        close(pass->archive);
    free(pass->path);
    free(pass->buffer);
    free(pass);
}
