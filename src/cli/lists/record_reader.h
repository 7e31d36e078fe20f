/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the records of a file one by one in bounded memory, whatever the file contains. */
#ifndef RECORD_READER_H
#define RECORD_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/* Deep trees can have names of megabytes, and JSON may write one byte as six. */
#define RECORD_MAX ((size_t)16 * 1024 * 1024)

/* The limit for a parsed JSON record. Its strings are never longer than the record, which leaves as much again for at
 * least 100,000 members. Without a limit, an array of digits would need forty times the size of the record. */
#define RECORD_JSON_MAX (2 * RECORD_MAX)

struct record_reader {
    int descriptor;
    char terminator;
    int failure;        /* 0, or why reading failed: an errno value or FAILURE_CHANGED */
    struct stat status; /* of the file, before the first read */
    bool is_limited;    /* to `rest` more bytes, whatever becomes of the file */
    uint64_t rest;
    char *buffer;
    size_t capacity;
    size_t begin; /* of the next record */
    size_t end;   /* of the bytes read */
};

struct record {
    char *text; /* may be modified; NUL-terminated; valid until the next call */
    size_t size;
    bool is_too_long; /* then it has no text */
};

/* Opens a file of records; `-` is standard input. Returns -1 and sets errno on failure. */
int record_open(const char *path);

/* Closes a descriptor from record_open(), except standard input. */
void record_close(int descriptor);

/* Makes a reader of a descriptor, which the caller still owns. */
struct record_reader record_reader_make(int descriptor, char terminator);

/* Reads only so many bytes. That the file changes is then no failure. */
void record_reader_limit(struct record_reader *reader, uint64_t size);

/* Makes NUL or newline the terminator, whichever comes first. Call it before the first record is read. */
void record_reader_detect_terminator(struct record_reader *reader);

/* Reads the next record, without its terminator, which the last record may lack. Returns false at the end or if reading
 * failed. A regular file that changed in the meantime fails at its end, because records may be missing. */
bool record_next(struct record_reader *reader, struct record *record);

void record_reader_free(struct record_reader *reader);

#endif
