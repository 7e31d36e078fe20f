/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a file in blocks and splits them into records. */
#include "lists/record_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/array.h"
#include "util/failure.h"
#include "util/file_identity.h"
#include "util/standard_input.h"

enum { FIRST_CAPACITY = 64 * 1024 };

int record_open(const char *path)
{
    if (strcmp(path, "-") != 0)
        return open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    standard_input_announce();
    return STDIN_FILENO;
}

void record_close(int descriptor)
{
    if (descriptor > STDIN_FILENO)
        close(descriptor);
}

struct record_reader record_reader_make(int descriptor, char terminator)
{
    struct record_reader reader = {.descriptor = descriptor, .terminator = terminator};

    if (fstat(descriptor, &reader.status) != 0)
        reader.failure = errno;
    return reader;
}

void record_reader_limit(struct record_reader *reader, uint64_t size)
{
    reader->is_limited = true;
    reader->rest = size;
}

void record_reader_free(struct record_reader *reader)
{
    free(reader->buffer);
    *reader = (struct record_reader){.descriptor = -1};
}

/* Moves the unfinished record to the front of the buffer, and enlarges the buffer if it is still full. One byte is
 * reserved for the NUL after the last record. Returns false if memory is short. */
static bool make_space(struct record_reader *reader)
{
    if (reader->begin > 0) {
        memmove(reader->buffer, reader->buffer + reader->begin, reader->end - reader->begin);
        reader->end -= reader->begin;
        reader->begin = 0;
    }
    if (reader->end + 1 < reader->capacity)
        return true;
    char *buffer =
        array_grow(reader->buffer, &reader->capacity, reader->capacity == 0 ? FIRST_CAPACITY : reader->capacity + 1, 1);
    if (buffer == NULL) {
        reader->failure = ENOMEM;
        return false;
    }
    reader->buffer = buffer;
    return true;
}

/* Returns 0, or why the bytes read may not be the whole file. */
static int check_end(const struct record_reader *reader)
{
    struct stat after;

    if (!S_ISREG(reader->status.st_mode) || reader->is_limited)
        return 0;
    if (fstat(reader->descriptor, &after) != 0)
        return errno;
    return file_is_unchanged(&reader->status, &after) ? 0 : FAILURE_CHANGED;
}

/* Reads more bytes. Returns false at the end of the file or after a failure. */
static bool fill(struct record_reader *reader)
{
    ssize_t got;

    if (reader->failure != 0 || (reader->end + 1 >= reader->capacity && !make_space(reader)))
        return false;
    size_t most = reader->capacity - reader->end - 1;
    if (reader->is_limited && reader->rest < most)
        most = (size_t)reader->rest;
    do
        got = read(reader->descriptor, reader->buffer + reader->end, most);
    while (got < 0 && errno == EINTR);
    if (got <= 0) {
        reader->failure = got < 0 ? errno : check_end(reader);
        return false;
    }
    reader->end += (size_t)got;
    reader->rest -= reader->is_limited ? (uint64_t)got : 0;
    return true;
}

void record_reader_detect_terminator(struct record_reader *reader)
{
    size_t searched = 0;

    do
        for (; searched < reader->end; searched++)
            if (reader->buffer[searched] == '\n' || reader->buffer[searched] == '\0') {
                reader->terminator = reader->buffer[searched];
                return;
            }
    while (searched <= RECORD_MAX && fill(reader));
}

/* Skips the rest of a record. */
static void skip(struct record_reader *reader)
{
    const char *found = NULL;

    do {
        reader->begin = reader->end = 0;
        if (!fill(reader))
            return;
        found = memchr(reader->buffer, reader->terminator, reader->end);
    } while (found == NULL);
    reader->begin = (size_t)(found - reader->buffer) + 1;
}

bool record_next(struct record_reader *reader, struct record *record)
{
    size_t searched = 0;
    char *found = NULL;

    for (;;) {
        const size_t size = reader->end - reader->begin;
        if (size > searched)
            found = memchr(reader->buffer + reader->begin + searched, reader->terminator, size - searched);
        searched = size;
        if (found != NULL)
            break;
        if (size > RECORD_MAX) {
            *record = (struct record){.is_too_long = true};
            skip(reader);
            return reader->failure == 0;
        }
        if (!fill(reader)) {
            if (reader->failure != 0 || size == 0)
                return false;
            found = reader->buffer + reader->end;
            break;
        }
    }
    record->text = reader->buffer + reader->begin;
    record->size = (size_t)(found - record->text);
    record->is_too_long = record->size > RECORD_MAX;
    *found = '\0';
    reader->begin += record->size + (found < reader->buffer + reader->end);
    return true;
}
