/* SPDX-License-Identifier: Apache-2.0 */
/* Loads lists, files and directories into a catalogue. */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "format/format.h"
#include "hash/hash_file.h"
#include "hash/source.h"
#include "lists/catalogue.h"
#include "lists/comments.h"
#include "options/command.h"

struct load {
    struct catalogue *catalogue;
    struct hash_settings hash; /* for files that are hashed */
    const struct source_settings *source;
    const char *reuse;         /* a list whose files are not hashed again (reuse.h); or NULL */
    struct comments *comments; /* if not NULL, stores the comments of lists */
    const char *strip;         /* removed from the start of names in lists (R23); or NULL */
    struct output *failures;   /* if not NULL, gets a JSON object for each failed input, in addition to the message */
    bool (*is_wanted)(void *context,
                      const char *name); /* which files to hash; NULL for all. Never called concurrently */
    void *context;
    size_t operand; /* the number of the list, or of the first of the operands to hash */
    int threads;
    unsigned flags;      /* of the codes, and */
    struct format shape; /* the format, of the first line of the lists; initially those of an empty list. With
                          * Text-Codes if any line has one */
    bool zero;           /* records of lists end with NUL */
    bool reads_groups;   /* lists may hold the objects of iscc similar */
    bool mends_lines;    /* the caller writes the list again: add contradictory lines without a message, and report a
                          * line that is dropped */
    bool across;         /* only similar files of different operands matter: number the operands */
    bool has_links;      /* files were added without a code, as other names of theirs have it (load_copies.h) */
    bool finds_copies;   /* hash only files that may have a copy (load_copies.h) */
    bool keeps_empty;    /* and empty ones too */
    bool keeps_failures; /* add what cannot be read, or could not when it was listed, with its failure */
    bool has_warned;     /* of times that are not trusted */
    bool has_shape;      /* a line was read */
    bool has_code;       /* and one with a code */
    bool has_bad_line;
    bool has_dropped; /* a line was not added although it is good: it is about a record, not a file */
    bool is_broken;   /* the catalogue is incomplete; a message says why */
};

/* Stores the operand of a file, instead of its times, if they are numbered; `number` counts from load->operand. */
void load_set_operand(const struct load *load, struct file_record *file, size_t number);

/* Reports a failed input by a message and, if load->failures is not NULL, a JSON object. */
void load_report(const struct load *load, const char *name, int failure);

/* Reports a line whose codes contradict each other. */
void load_report_contradiction(const char *path, uint64_t line);

/* Adds the files that a list names, without hashing them; `-` is standard input. A line about a file that could not be
 * read is passed by unless keeps_failures is set. Reports each bad or contradictory line and goes on; a contradictory
 * line counts with its longest code. Returns false, after a message, if the list cannot be read to its end or memory is
 * short. */
bool load_list(struct load *load, const char *path);

/* Hashes the operands, as sum does, and adds each file. Reports a file that has no code, and adds it only if
 * keeps_failures is set. Returns false, after a message, if not all files could be tried. */
bool load_files(struct load *load, const struct operands *operands);

#endif
