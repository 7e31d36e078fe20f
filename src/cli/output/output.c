/* SPDX-License-Identifier: Apache-2.0 */
/* Buffers lines and writes them to standard output or to a file that is replaced atomically. */
#include "output/output.h"

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/replacement.h"
#include "util/file_identity.h"
#include "util/message.h"
#include "util/sanitize.h"
#include "util/terminal_line.h"

#define BUFFER_SIZE ((size_t)64 * 1024)

struct output {
    struct replacement replacement; /* for a file that is renamed into place at the end */
    const char *name;               /* for messages */
    int descriptor;
    char terminator;
    bool is_terminal;
    bool is_stream; /* not a regular file: a reader may be waiting for each line */
    bool failed;
    struct stat own[2]; /* if the output is a regular file: that file, and the one it will replace */
    size_t owned;
    atomic_bool keeps_target; /* the file to replace is an input */
    size_t used;
    char buffer[BUFFER_SIZE];
};

static void fail(struct output *output, int error)
{
    if (!output->failed)
        message_error(output->name, strerror(error));
    output->failed = true;
    output->used = 0;
}

/* The type of the output decides how lines are written and which files must not be read as input. */
static void inspect_descriptor(struct output *output)
{
    struct stat status;
    output->is_terminal = isatty(output->descriptor) != 0;
    const bool is_known = fstat(output->descriptor, &status) == 0;
    output->is_stream = is_known && !S_ISREG(status.st_mode);
    output->owned = 0;
    if (is_known && !output->is_stream)
        output->own[output->owned++] = status;
    if (output->replacement.descriptor >= 0 && stat(output->replacement.target, &status) == 0)
        output->own[output->owned++] = status;
}

static struct output *new_output(const char *name, char terminator)
{
    struct output *output = malloc(sizeof *output);

    if (output == NULL) {
        message_error(name, strerror(ENOMEM));
        return NULL;
    }
    output->replacement = (struct replacement){.descriptor = -1};
    output->name = name == NULL ? "write error" : name;
    output->descriptor = STDOUT_FILENO;
    output->terminator = terminator;
    output->failed = false;
    atomic_init(&output->keeps_target, false);
    output->used = 0;
    return output;
}

struct output *output_open(const char *path, char terminator)
{
    struct output *output = new_output(path, terminator);

    if (output == NULL)
        return NULL;
    if (path != NULL) {
        output->descriptor = replacement_open(&output->replacement, path);
        if (output->descriptor < 0) {
            message_error(path, strerror(errno));
            free(output);
            return NULL;
        }
    }
    inspect_descriptor(output);
    return output;
}

struct output *output_append(int descriptor, const char *name, char terminator)
{
    struct output *output = new_output(name, terminator);

    if (output == NULL)
        return NULL;
    output->descriptor = descriptor;
    inspect_descriptor(output);
    return output;
}

/* How many bytes to write next. A stream gets as many whole lines as fit in one atomic write. */
static size_t next_write_size(const struct output *output, const char *bytes, size_t size)
{
    if (!output->is_stream || size <= PIPE_BUF)
        return size;
    for (size_t i = PIPE_BUF; i > 0; i--)
        if (bytes[i - 1] == output->terminator)
            return i;
    const char *end = memchr(bytes, output->terminator, size);
    return end == NULL ? size : (size_t)(end - bytes) + 1;
}

static ssize_t write_some(const struct output *output, const char *bytes, size_t size)
{
    if (!output->is_terminal)
        return write(output->descriptor, bytes, size);
    terminal_line_hold();
    const ssize_t written = write(output->descriptor, bytes, size);
    terminal_line_release();
    return written;
}

static void write_out(struct output *output, const char *bytes, size_t size)
{
    while (size > 0 && !output->failed) {
        ssize_t written = write_some(output, bytes, next_write_size(output, bytes, size));
        if (written >= 0) {
            bytes += written;
            size -= (size_t)written;
        } else if (errno != EINTR) {
            fail(output, errno);
        }
    }
}

void output_flush(struct output *output)
{
    write_out(output, output->buffer, output->used);
    output->used = 0;
}

/* Frees buffer space by writing whole lines. Part of a line is written only if that line fills the buffer. */
static void flush_whole_lines(struct output *output)
{
    size_t whole = output->used;
    while (whole > 0 && output->buffer[whole - 1] != output->terminator)
        whole--;
    if (whole == 0)
        whole = output->used;
    write_out(output, output->buffer, whole);
    output->used = output->failed ? 0 : output->used - whole;
    memmove(output->buffer, output->buffer + whole, output->used);
}

static void append(struct output *output, const char *bytes, size_t size)
{
    while (size > 0 && !output->failed) {
        if (output->used == BUFFER_SIZE)
            flush_whole_lines(output);
        size_t part = size < BUFFER_SIZE - output->used ? size : BUFFER_SIZE - output->used;
        memcpy(output->buffer + output->used, bytes, part);
        output->used += part;
        bytes += part;
        size -= part;
    }
}

void output_write(struct output *output, const char *bytes, size_t size)
{
    char sanitized[SANITIZED_SIZE(SANITIZE_CHUNK)];

    if (!output->is_terminal) {
        append(output, bytes, size);
        return;
    }
    while (size > 0) {
        const size_t chunk = sanitize_chunk(bytes, size);
        append(output, sanitized, sanitize_copy(sanitized, bytes, chunk, "\n"));
        bytes += chunk;
        size -= chunk;
    }
}

void output_string(struct output *output, const char *text)
{
    output_write(output, text, strlen(text));
}

void output_end_line(struct output *output)
{
    append(output, &output->terminator, 1); /* a terminal ignores a NUL */
}

bool output_failed(const struct output *output)
{
    return output->failed;
}

/* A replacement file is renamed into place only if the output is `complete`. Returns whether it was, and all of it
 * could be written. */
static bool end(struct output *output, bool complete)
{
    output_flush(output);
    if (output->replacement.descriptor >= 0) {
        complete = complete && !output->failed && !atomic_load(&output->keeps_target);
        if (!complete)
            replacement_discard(&output->replacement);
        else if (!replacement_commit(&output->replacement))
            fail(output, errno);
    } else if (close(output->descriptor) != 0) {
        fail(output, errno);
    }
    complete = complete && !output->failed;
    free(output);
    return complete;
}

void output_finish(struct output *output)
{
    end(output, true);
}

void output_abandon(struct output *output)
{
    end(output, false);
}

bool output_finish_list(struct output *output, bool has_files)
{
    const bool replaces_something = output->owned == 2 && output->own[1].st_size > 0;

    if (!has_files && replaces_something && !output->failed && !atomic_load(&output->keeps_target))
        message_error(output->name, "not replaced, as there is no file to list");
    return end(output, has_files || !replaces_something);
}

bool output_keeps_input(struct output *output, const struct stat *status)
{
    if (output->owned < 2 || !file_is_same(&output->own[1], status))
        return false;
    atomic_store(&output->keeps_target, true);
    return true;
}

bool output_owns_any(const struct output *output)
{
    return output->owned > 0;
}

bool output_owns(const struct output *output, const struct stat *status)
{
    for (size_t i = 0; i < output->owned; i++)
        if (file_is_same(&output->own[i], status))
            return true;
    return false;
}
