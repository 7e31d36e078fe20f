/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the bytes of a job, one file or all files of a tree, and makes sure that no file changes meanwhile. */
#ifndef READ_FILE_H
#define READ_FILE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "files/holes.h"
#include "hash/job.h"
#include "hash/open_file.h"

/* One open file. */
struct file_reader {
    int descriptor;
    struct stat initial;  /* when it was opened */
    off_t total;          /* bytes read so far, holes included */
    bool ends_at_size;    /* the size is reliable: the file ends there, without another read to find the end */
    bool is_sparse;       /* there may be holes */
    off_t start;          /* if sparse: the offset at which reading started */
    struct extent extent; /* if sparse: the extent that the current offset is in; empty at first */
};

/* The result of one call. */
struct piece {
    size_t size;
    bool is_hole; /* `size` zero bytes, which are not written to the buffer and may be more than it holds */
    bool is_last; /* the end of the job */
};

struct reader {
    const struct hash_settings *settings;
    const atomic_bool *is_cancelled; /* or NULL */
    bool reports_progress;           /* counts what is read; otherwise the caller does, at the end */
    struct job *job;                 /* for a tree: receives the path of a file that fails as `failed_path` */
    struct file_reader file;
    struct walk *walk; /* for a tree */
    struct job entry;  /* for a tree: the file being read */
    bool is_open;      /* for a tree: `file` is being read */
};

/* Starts reading an opened job, which must outlive the reader. Another thread may set `is_cancelled`, which may be
 * NULL, to stop. Returns 0 or a failure (failure.h). Close the reader in either case. */
int reader_open(struct reader *reader, struct job *job, const struct hash_settings *settings,
                const atomic_bool *is_cancelled);

/* Reads the next piece: a hole, or `size` bytes; fewer only before a hole and at the end. Returns 0 or a failure: an
 * errno value, FAILURE_CHANGED, or ECANCELED if cancelled. */
int reader_next(struct reader *reader, unsigned char *buffer, size_t size, struct piece *piece);

void reader_close(struct reader *reader);

#endif
