/* SPDX-License-Identifier: Apache-2.0 */
/* One input on its way through the program: found by the source, hashed by the engine, printed by the command. */
#ifndef JOB_H
#define JOB_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <time.h>

#include "files/directory.h"
#include "files/walk.h"
#include "util/file_identity.h"

struct file_record;
struct list_line;

enum job_kind {
    JOB_STDIN,   /* the operand `-` */
    JOB_OPERAND, /* a file that the user named: links are followed */
    JOB_LISTED,  /* a file that a checksum list names: looked at before it is opened; links are followed */
    JOB_ENTRY,   /* a file that a walk found: opened in its directory, links are not followed */
    JOB_TREE,    /* a directory operand whose files make one code */
    JOB_KNOWN,   /* a file that need not be hashed, as all is known of it that is asked for */
    JOB_SKIPPED  /* an entry that has no line: the program's own output file */
};

struct job {
    enum job_kind kind;
    int failure; /* 0, or why there is no code (failure.h) */
    char *path;  /* as it is shown, or NULL; the memory is kept from one job to the next */
    size_t path_size;
    size_t path_room;
    char *failed_path;                /* of a tree: the file in it that failed, or NULL; the job's own memory */
    size_t name;                      /* JOB_ENTRY: offset of the name in `directory` */
    struct directory *directory;      /* JOB_ENTRY until it is opened */
    int descriptor;                   /* -1, or open for reading */
    struct stat status;               /* of the descriptor, before the first read */
    struct timespec opened;           /* file_times_clock() before the first read */
    struct iscc_sum_code code;        /* where failure is 0 and the job was hashed */
    const struct file_record *listed; /* what a list has of it, or NULL */
    struct list_line *line;           /* of a check: has that record; kept from one job to the next, or NULL */
};

/* Makes a job from the memory of an earlier one; a job of all zero bits will do. A path that memory does not suffice
 * for is NULL, since part of it could be another file's, and the failure becomes ENOMEM. */
void job_set(struct job *job, enum job_kind kind, const char *path, size_t path_size, int failure);

/* Makes a job of what a walk came to, which is a file or an error. */
void job_set_entry(struct job *job, enum walk_event event, const struct walk_entry *entry);

/* Makes the job of a name, which is not empty: a tree's ends with a slash, and `-` is standard input. A relative name
 * begins at `base`, or where that is NULL at the current directory; of a file that is no tree, hash_settings has it. As
 * job_set(), where memory does not suffice for the path. */
void job_set_listed(struct job *job, const struct directory *base, const char *name, size_t size);

/* The path that a message of the failure names: that of the file that failed. NULL where memory was short for it. */
const char *job_failed_path(const struct job *job);

/* The times of the file that was hashed, if it has such as will tell any later change: a tree and standard input have
 * none, nor has a file whose size does not tell either, as in /proc. */
bool job_times(const struct job *job, struct file_times *times);

/* Whether the file that was hashed has the size and the times that the list has of it, so that nobody has written to it
 * since. Its times are those from before it was read, and the reader saw that they stayed the same. */
bool job_is_unwritten(const struct job *job);

/* Closes the descriptor, if it is open and not standard input. */
void job_close(struct job *job);

/* Gives back the memory of a long path, which would else be kept for the jobs that follow. */
void job_trim(struct job *job);

/* Gives back what an unfinished job holds, and with it its path. */
void job_free(struct job *job);

#endif
