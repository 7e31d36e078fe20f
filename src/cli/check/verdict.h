/* SPDX-License-Identifier: Apache-2.0 */
/* The verdict on a file that was hashed for a line of a list. */
#ifndef VERDICT_H
#define VERDICT_H

#include <iscc/iscc.h>

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

/* The code that a job's file has now, in the form that the job's entry has. */
void verdict_code(const struct job *job, char now[ISCC_CODE_SIZE]);

/* What a job came to; `now`: its code, read only where it did not fail. */
enum verdict verdict_of(const struct job *job, const char *now);

#endif
