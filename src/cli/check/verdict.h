/* SPDX-License-Identifier: Apache-2.0 */
/* The verdict on a file that was hashed for a line of a list. */
#ifndef VERDICT_H
#define VERDICT_H

#include "hash/job.h"

enum verdict {
    VERDICT_OK,
    VERDICT_FAILED,
    VERDICT_ROTTEN,  /* failed although its times say that it was not modified */
    VERDICT_SUSPECT, /* failed although its mtime says that it was not modified; its ctime differs */
    VERDICT_MISSING,
    VERDICT_UNREADABLE,
    VERDICT_UNREADABLE_THEN, /* the line says that the file could not be read; now it can */
    VERDICT_MALFORMED,
    VERDICTS
};

/* The verdict on a finished job. */
enum verdict verdict_of(const struct job *job);

#endif
