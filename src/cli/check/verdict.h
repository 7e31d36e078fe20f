/* SPDX-License-Identifier: Apache-2.0 */
/* The verdict on a file that was hashed for a line of a list. */
#ifndef VERDICT_H
#define VERDICT_H

#include "hash/job.h"

/* What a check came to. */
enum verdict {
    VERDICT_OK,
    VERDICT_FAILED,
    VERDICT_ROTTEN, /* failed, and its times say that nobody has written to it */
    VERDICT_MISSING,
    VERDICT_UNREADABLE,
    VERDICT_MALFORMED,
    VERDICTS
};

/* What a job came to. */
enum verdict verdict_of(const struct job *job);

#endif
