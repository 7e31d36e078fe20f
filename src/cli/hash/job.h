/* SPDX-License-Identifier: Apache-2.0 */
/* One input on its way through the program: found by the source, hashed by the engine, printed by the command. */
#ifndef JOB_H
#define JOB_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include "files/directory.h"
#include "files/walk.h"
#include "util/file_identity.h"

struct archive_pass;
struct file_record;
struct list_entry;
struct listed_archive;

enum job_kind {
    JOB_STREAM,   /* a stream that is open already: standard input, or the operand /dev/fd/N */
    JOB_OPERAND,  /* a file operand: links are followed */
    JOB_LISTED,   /* a file named in a list: examined before it is opened; links are followed */
    JOB_ENTRY,    /* a file found by a walk: opened in its directory; links are not followed */
    JOB_ARCHIVE,  /* the members of an archive, without the archive itself; opened as JOB_LISTED */
    JOB_TREE,     /* a directory whose files make one code */
    JOB_KNOWN,    /* a file that need not be hashed, because its record is known */
    JOB_LINK,     /* another name of a file that another job hashes: opened, but not read */
    JOB_EXAMINED, /* a file that another function than the hasher has dealt with (hash_settings) */
    JOB_SKIPPED   /* an entry without a line, such as the program's own output file */
};

struct job {
    enum job_kind kind;
    int failure; /* 0, or why there is no code (failure.h) */
    char *path;  /* as printed, or NULL; its memory is reused for the next job */
    size_t path_size;
    size_t path_capacity;
    size_t operand;                 /* of a source: the number, from 0, of the operand that it is or is below */
    bool is_directory;              /* JOB_ENTRY: a directory that could not be read */
    bool is_at_path;                /* JOB_ENTRY: `path` leads to the file, too */
    char *failed_path;              /* JOB_TREE: the file in it that failed, or NULL; owned */
    size_t name;                    /* offset in `path` of what is opened: the name in `directory` (JOB_ENTRY), or what
                                     * follows the prefix of --strip */
    size_t root;                    /* JOB_ENTRY: offset of what the walk found below its operand */
    struct directory *directory;    /* JOB_ENTRY: until the file is opened */
    int stream;                     /* JOB_STREAM: its descriptor, which stays open */
    int descriptor;                 /* -1, or open for reading */
    struct stat status;             /* of the descriptor, before the first read */
    struct timespec opened;         /* file_times_clock() before the first read */
    bool times_are_trusted;         /* a change of the content sets the times; if they are of use */
    bool times_may_stand_still;     /* but not a change by a program that has mapped the file */
    uint64_t head;                  /* JOB_EXAMINED: a hash of the first bytes */
    bool has_head;                  /* they were read */
    struct iscc_sum_code code;      /* if failure is 0 and the job was hashed */
    char text_code[ISCC_CODE_SIZE]; /* likewise; empty if it was not asked for or the file is not text */
    bool is_archive;                /* whose members are wanted */
    struct archive_pass *members;   /* the same, once it was hashed; owned */
    const struct file_record *listed; /* its record in a list, or NULL */
    struct listed_archive *archive;   /* of a check: the archive that the line is about, or NULL */
    struct list_entry *line; /* of a check: the line with that record; owned, reused for the next job; or NULL */
};

/* Sets up a job, reusing the memory of the one before; the first must be zeros. If memory is short, the path is NULL,
 * because a truncated one could name another file, and the failure is ENOMEM. */
void job_set(struct job *job, enum job_kind kind, const char *path, size_t path_size, int failure);

/* Sets up a job for a file or an error found by a walk. */
void job_set_entry(struct job *job, enum walk_event event, const struct walk_entry *entry);

/* Gives a file that a walk found another spelling of its name, unless that ends otherwise. Returns false if memory is
 * short. */
bool job_respell(struct job *job, const char *name, size_t size);

/* Sets up a job for a name in a list, which must not be empty, and whose first `prefix_size` bytes are not part of the
 * path to open. A name with a final slash is a tree, which is opened in `base` (NULL: the current directory); `-` is
 * standard input. Any other file is opened by job_open(), in the base given in hash_settings. If memory is short, does
 * the same as job_set(). */
void job_set_listed(struct job *job, const struct directory *base, const char *name, size_t size, size_t prefix_size);

/* Returns the path to name in a message of the failure, or NULL if memory was short for it. */
const char *job_failed_path(const struct job *job);

/* Makes the record of the hashed file; the job owns its name. */
struct file_record job_record(const struct job *job, unsigned flags);

/* Gets the times of the hashed file, if any later change is certain to change them. Returns false otherwise, and for
 * trees, standard input and files with a wrong size, such as those in /proc. */
bool job_times(const struct job *job, struct file_times *times);

/* Whether the hashed file has times that are of no use on its file system. */
bool job_times_are_untrusted(const struct job *job);

/* Whether the hashed file still has the size and times in the list, so that it has not been written to since. The times
 * were read before the first byte, and the reader made sure that they stayed the same. False if they are not trusted.
 */
bool job_is_unmodified(const struct job *job);

/* Whether the hashed file has the size and mtime in the list but another ctime. A program that changes a file sets both
 * times. 0 and 1 seconds are not the time of any change: archives and package managers give them to every file. */
bool job_has_old_mtime(const struct job *job);

/* Closes the descriptor if it is open, unless it is standard input. */
void job_close(struct job *job);

/* After it has been printed: frees a long path, whose memory would otherwise be kept for later jobs, and the members of
 * an archive. */
void job_trim(struct job *job);

/* Frees everything that a job owns, even if it is unfinished. */
void job_free(struct job *job);

#endif
