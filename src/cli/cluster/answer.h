/* SPDX-License-Identifier: Apache-2.0 */
/* Turns the answers of a worker into results of jobs, as if rank 0 had hashed them. */
#ifndef ANSWER_H
#define ANSWER_H

#include <sys/types.h>

#include "cluster/batch.h"
#include "hash/job.h"
#include "hash/open_file.h"

enum answer {
    ANSWER_DONE,
    ANSWER_AGAIN,     /* to be offered again */
    ANSWER_LOCAL,     /* rank 0 must hash it, or find out why it cannot */
    ANSWER_OTHER_ROOT /* the worker's machine sees other files */
};

/* `device` is the root's, as rank 0 sees it: machines number their file systems as they like. */
enum answer answer_accept(struct job *job, const struct batch_result *result, dev_t device,
                          const struct hash_settings *settings);

#endif
