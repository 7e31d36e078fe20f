/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a part: the output of iscc sum --shard=K/N. */
#ifndef PART_READER_H
#define PART_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "files/walk_order.h"
#include "lists/record_reader.h"
#include "merge/shard.h"

/* A line as one run prints it, with its units and the bytes that end them. */
struct part_line {
    char *bytes;
    size_t size;
    size_t capacity;
    char *text; /* a copy of the record, which holds the path */
    size_t text_capacity;
    uint64_t operand;
    struct walk_path path;
    bool is_error;
};

/* Initialize to zeros, except for the path and the descriptor, -1. */
struct part {
    const char *path;
    int descriptor;
    struct record_reader reader;
    struct record record; /* the last one that was read */
    bool is_pending;      /* it is none of the units that were looked for, and comes next */
    uint64_t records;
    struct shard shard;
    bool json;
    char *command;    /* the rest of its first line */
    uint64_t operand; /* of the next line, and whether it is about a directory */
    bool is_directory;
    struct part_line lines[2]; /* the current one and the one before */
    unsigned current;
    struct shard_end end; /* after PART_END */
};

enum part_event { PART_LINE, PART_END, PART_FAILED };

/* Opens a part and reads its first line. Returns false after a message. Close it in either case. */
bool part_open(struct part *part);

/* Reads the next line. PART_FAILED comes after a message, if there is none and the part is not complete. */
enum part_event part_next(struct part *part, struct walk_order *order);

const struct part_line *part_line(const struct part *part);

/* Whether the first line comes before the second one in one run (negative), or after it (positive). */
int part_line_compare(struct walk_order *order, const struct part_line *a, const struct part_line *b);

void part_close(struct part *part);

#endif
