/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a job, from one file or from all files of a tree, with the proof that none of them changed meanwhile. */
#ifndef READER_H
#define READER_H

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
    struct stat before;   /* when it was opened */
    off_t total;          /* bytes read, or known from holes */
    bool ends_at_size;    /* where the size is reached no read need find the end */
    bool is_sparse;       /* there may be holes */
    off_t start;          /* sparse: where in the file the reading began */
    struct extent extent; /* sparse: where it is now; empty at first */
};

/* What one call gets. */
struct piece {
    size_t size;
    bool is_hole; /* as many zero bytes, which are not in the buffer; there may be more than it holds */
    bool is_last; /* nothing follows */
};

struct reader {
    const struct hash_settings *settings;
    const atomic_bool *is_cancelled; /* NULL: it never is */
    struct job *job;                 /* of a tree: gets the path of a file that fails, `failed_path` */
    struct file_reader file;
    struct walk *walk; /* of a tree */
    struct job entry;  /* of a tree: the file that is being read */
    bool is_open;      /* `file` is being read */
};

/* Begins with an opened job. `is_cancelled` may be NULL. Returns a failure. The reader must be closed in any case. */
int reader_open(struct reader *reader, struct job *job, const struct hash_settings *settings,
                const atomic_bool *is_cancelled);

/* Gets the next piece: a hole, or up to `size` bytes, of which there are less only before a hole and at the end.
 * Returns a failure: that of a read, FAILURE_CHANGED, or ECANCELED. */
int reader_next(struct reader *reader, unsigned char *buffer, size_t size, struct piece *piece);

void reader_close(struct reader *reader);

#endif
