/* SPDX-License-Identifier: Apache-2.0 */
/* Prints codes of operands. */
#ifndef SUM_H
#define SUM_H

#include "archive/archive_settings.h"
#include "format/format.h"
#include "hash/open_file.h"
#include "hash/source.h"
#include "merge/shard.h"
#include "options/command_text.h"

struct sum_settings {
    struct source_settings source;
    struct hash_settings hash; /* the flags, and whether to trust times */
    struct format format;
    struct archive_settings archives;
    struct shard shard;
    const char *reuse;           /* a list, or NULL */
    bool resumes;                /* needs an output, JSON and times */
    const char *output;          /* NULL: standard output */
    struct command_text command; /* the options so far */
    int threads;
};

/* Every failure is reported. */
void sum_operands(const struct operands *operands, struct sum_settings *settings);

#endif
