/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a file, one after the other, in memory that no file can make grow beyond a bound. */
#ifndef RECORD_READER_H
#define RECORD_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* Names of megabytes are possible in deep trees, and JSON may write a byte of them in six. */
#define RECORD_MAX ((size_t)16 * 1024 * 1024)

/* What the parts of a JSON record may take in all: its strings are never longer than itself, and as much is left for
 * 100,000 members or more. Without this bound an array of digits would take forty times the record. */
#define RECORD_JSON_MAX (2 * RECORD_MAX)

struct record_reader {
    int descriptor;
    char terminator;
    int failure;        /* once reading has failed: an errno value, or FAILURE_CHANGED */
    struct stat status; /* of the file, before the first read */
    char *buffer;       /* begins with what has been read and not yet given out */
    size_t room;
    size_t begin; /* of the record that comes next */
    size_t end;   /* of what has been read */
};

struct record {
    char *text; /* may be changed; valid until the next one is asked for. Behind it there is always a NUL */
    size_t size;
    bool is_too_long; /* its text is missing */
};

/* Opens a file of records; `-` is standard input. -1 with errno. */
int record_open(const char *path);

/* Closes what record_open() gave; standard input stays open. */
void record_close(int descriptor);

/* A reader of an open file, which stays the caller's. */
struct record_reader record_reader_make(int descriptor, char terminator);

/* Finds the next record, whose terminator is no part of it; the last one may lack it. False at the end, or where
 * reading failed: a regular file that changed meanwhile has failed at its end, as records may be missing. */
bool record_next(struct record_reader *reader, struct record *record);

void record_reader_free(struct record_reader *reader);

#endif
