/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A list whose files are not read again: docs/resume.md, L7 to L10.
 *
 * A list in the order of the walk is read along with it, in constant memory. Any other is taken into memory.
 */
#ifndef REUSE_H
#define REUSE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "hash/job.h"
#include "hash/source.h"
#include "options/operands.h"

/* What a line must hold to stand for a file. */
struct reuse_needs {
    unsigned flags; /* ISCC_NARROW or ISCC_WIDE */
    bool datahash;
    bool units;
    bool text; /* a file that is not text cannot be told from one whose Text-Code is not known */
};

/* Option table row. `member` is a `const char *` of `settings`, and `excluded` an option as in option_spec. */
#define OPTION_REUSE(settings, member, excluded)                                                                       \
    {                                                                                                                  \
        0, "reuse", "LIST", "do not read files that LIST, of sum --json --stat, shows to be unchanged",                \
            LEAVES_RESULTS(NOT_WITH(excluded, SETS_STRING(settings, member)))                                          \
    }
#define OPTION_TRUST_REUSED(settings, member)                                                                          \
    {                                                                                                                  \
        0, "trust-times", NULL, "with --reuse: use times on any file system",                                          \
            ONLY_WITH("--reuse", SETS_FLAG(settings, member))                                                          \
    }

struct reuse;

/* Opens a list for the jobs of a source with these operands and settings, which must outlive it. Returns NULL after a
 * message. */
struct reuse *reuse_open(const char *path, const struct operands *operands, const struct source_settings *settings,
                         const struct reuse_needs *needs);

/* Sets job->listed, and returns true, if the list has a line for the job that could stand for its file. Call it for
 * each job of the source that is wanted, in order, from one thread at a time. */
bool reuse_find(struct reuse *reuse, struct job *job);

/* For hash_settings. */
bool reuse_is_up_to_date(const void *context, const struct file_record *listed, const struct stat *status);

/* NULL is ignored. */
void reuse_close(struct reuse *reuse);

#endif
