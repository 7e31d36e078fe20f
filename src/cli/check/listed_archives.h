/* SPDX-License-Identifier: Apache-2.0 */
/* The archives whose members a list names: each is read once, wherever in the list its members stand. */
#ifndef LISTED_ARCHIVES_H
#define LISTED_ARCHIVES_H

#include <stdbool.h>
#include <stddef.h>

#include "archive/archive_pass.h"
#include "files/directory.h"
#include "hash/job.h"
#include "lists/catalogue.h"
#include "output/output.h"

struct listed_archive {
    char *path;
    size_t path_size;
    struct catalogue members;           /* as they are now */
    const struct file_record **by_name; /* NULL until they are known */
    size_t *next;                       /* for the first of each name there: how many of the name were asked for */
    int failure;                        /* why there are no more members */
    bool has_texts;                     /* Text-Codes were computed */
};

/* Initialize to zeros. */
struct listed_archives {
    void *by_path; /* search tree */
    struct listed_archive *last;
};

void listed_archives_free(struct listed_archives *archives);

/* The archive that a name is about; `is_new` if it is the first such name. The first `prefix_size` bytes of the name
 * are not part of the path to look up in `base`. NULL if memory is short. */
struct listed_archive *listed_archives_of(struct listed_archives *archives, const struct directory *base,
                                          const struct file_record *line, size_t prefix_size, bool *is_new);

/* Stores the members that a pass finds, and reports where an archive cannot be read to its end. `pass` may be NULL if
 * there is a failure instead. */
void listed_archive_fill(struct listed_archive *archive, struct archive_pass *pass, int failure, struct output *output);

/* Reads an archive at once, again and with Text-Codes. */
void listed_archive_read_again(struct listed_archive *archive, const struct archive_settings *settings,
                               const struct directory *base, size_t prefix_size, struct output *output);

/* Gives a job the code or the failure of what its line is about: of several members with its name the one with its
 * entry, or else as many in the list before it, so many in the archive. */
void listed_archive_find(struct listed_archive *archive, struct job *job);

#endif
