/* SPDX-License-Identifier: Apache-2.0 */
/* Records in the order of the archive, of which some wait for their content: that of an archive comes after its
 * members', and that of a hard link in cpio at its last name. */
#ifndef RECORD_QUEUE_H
#define RECORD_QUEUE_H

#include <stdbool.h>

#include "archive/wire.h"

struct record {
    struct wire_record wire;
    bool is_pending;
    struct record *next;
    struct record *next_link; /* the next pending one of the same file */
    char name[];
};

/* A write for each record would take a quarter of the time of small members. */
enum { RECORD_QUEUE_BUFFER = 8192 };

struct record_queue {
    int pipe;
    char buffer[RECORD_QUEUE_BUFFER]; /* complete records that are not written yet */
    size_t size;
    struct record *first;
    struct record **last; /* where the next one goes */
};

struct record_queue record_queue_make(int pipe);
void record_queue_free(struct record_queue *queue);

/* Appends a record that is pending, with a name of two parts. Returns NULL if memory is short. */
struct record *record_queue_add(struct record_queue *queue, const char *start, size_t start_size, const char *rest,
                                size_t rest_size);

/* Moves all records before the first that is pending to the buffer, and writes it when it is full. */
void record_queue_flush(struct record_queue *queue);

/* Writes the buffer. */
void record_queue_write(struct record_queue *queue);

#endif
