/* SPDX-License-Identifier: Apache-2.0 */
/* What a batch asks of a worker, how it should hash, and what it answers, as packets. */
#ifndef BATCH_H
#define BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "cluster/packet.h"
#include "lists/file_record.h"
#include "util/file_identity.h"

enum {
    BATCH_JOBS_MAX = 64,
    BATCH_PATH_MAX = 4095, /* of a path with that of its root; longer ones cannot be opened at once */
    BATCH_VERSION = 1      /* of what is sent */
};

/* How to hash: what the worker needs of hash_settings. */
struct batch_settings {
    unsigned flags;
    bool text;
    bool records_times;
    bool trusts_times;
    uint32_t threads; /* 0: as many as the worker's machine has processors */
};

/* The directory that the files after it are named from. A machine that sees another one there must not hash. */
struct batch_root {
    const char *path; /* not terminated; empty or with a slash at the end */
    size_t path_size;
    uint64_t inode;
    struct timespec modified;
    struct timespec started; /* when the run began: a change since then may have changed `modified` */
};

struct batch_job {
    const char *name; /* not terminated */
    size_t name_size;
    bool is_entry;     /* below the root, opened without following links; otherwise a name in it that may be one */
    bool wants_text;   /* its record in a list has a Text-Code */
    bool has_times;    /* `listed` has the size and the times of that record */
    bool may_be_known; /* and if these are still those of the file, it need not be read */
    uint64_t filesize;
    struct file_times times;
};

enum batch_item { BATCH_END, BATCH_ROOT, BATCH_JOB, BATCH_BAD };

void batch_put_settings(struct packet *packet, const struct batch_settings *settings);
bool batch_get_settings(struct packet *packet, struct batch_settings *settings);

/* Starts a batch, whose number its result has too. */
void batch_begin(struct packet *packet, uint32_t number);

/* Add to a batch. Return false, and add nothing, if there is no room. */
bool batch_add_root(struct packet *packet, const struct batch_root *root);
bool batch_add_job(struct packet *packet, const struct batch_job *job);

/* Reads the number and counts the jobs. Returns false if anything in the batch is not as it should be; otherwise
 * batch_next() only returns what was checked. */
bool batch_open(struct packet *packet, uint32_t *number, size_t *jobs);

/* Reads on; sets the root or the job, whose names stay in the packet. */
enum batch_item batch_next(struct packet *packet, struct batch_root *root, struct batch_job *job);

/* ---- Results ---- */

enum batch_outcome {
    OUTCOME_HASHED,
    OUTCOME_KNOWN,      /* it is as the list says; only its status is known */
    OUTCOME_FAILED,     /* whoever offered it finds out why */
    OUTCOME_GIVEN_BACK, /* not begun in time */
    OUTCOME_OTHER_ROOT  /* the root is not there, or another directory is */
};

struct batch_result {
    enum batch_outcome outcome;
    uint64_t inode;
    uint64_t size;
    struct file_times times;
    bool has_links;    /* more names than one */
    bool is_on_device; /* of the root */
    bool has_text;     /* OUTCOME_HASHED, from here on */
    bool times_are_trusted;
    bool times_may_stand_still;
    struct timespec opened;
    uint64_t filesize;
    uint8_t data[FILE_RECORD_DIGEST_SIZE];
    uint8_t instance[FILE_RECORD_DIGEST_SIZE];
    uint8_t text[FILE_RECORD_DIGEST_SIZE];
};

/* A result has one of these for each job, in order. */
void batch_begin_result(struct packet *packet, uint32_t number);
void batch_add_result(struct packet *packet, const struct batch_result *result);

/* Read it. Return false if it is not as it should be. */
bool batch_open_result(struct packet *packet, uint32_t *number);
bool batch_next_result(struct packet *packet, struct batch_result *result);

#endif
