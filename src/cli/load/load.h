/* SPDX-License-Identifier: Apache-2.0 */
/* Brings lists, files and directories into a catalogue. */
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
    struct hash_settings hash; /* flags: the form of the codes of what is hashed */
    const struct source_settings *source;
    int threads;
    struct format shape; /* of the first line of the lists; begins as that of an empty list */
    bool has_shape;
    bool has_bad_line;
    bool mends_lines;          /* lines that contradict themselves are taken without a word, to be replaced */
    struct comments *comments; /* where not NULL, gets the comments of lists */
    bool zero;                 /* records of lists end with NUL */
    struct output *failures;   /* where not NULL, gets a JSON object for each input that failed, besides the message */
    bool keeps_failures;       /* a file or directory that cannot be read is added all the same, with its failure */
    bool (*is_wanted)(void *context, const char *name); /* what is hashed; NULL: all. One thread at a time */
    void *context;
    bool is_broken; /* something has no place in the catalogue: a message was made */
};

/* The message for an input that failed, and its object where they are wanted. */
void load_report(const struct load *load, const char *name, int failure);

/* The message for a line whose codes are not all of one content. */
void load_report_contradiction(const char *path, uint64_t line);

/* Adds the files that a list names, `-` for standard input; nothing is hashed. A bad line is an error that names it,
 * as is one that contradicts itself, though the code that says most counts; the rest is still read. False, after a
 * message, where the list could not be read to its end or memory is short.
 */
bool load_list(struct load *load, const char *path);

/* Hashes the operands, as sum does, and adds each file. A file without a code is an error and not added, unless
 * the load keeps failures. False, after a message, where not all could be tried. */
bool load_files(struct load *load, const struct operands *operands);

#endif
