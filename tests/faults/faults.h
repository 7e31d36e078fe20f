/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a call of the program to the system. */
#ifndef FAULTS_H
#define FAULTS_H

enum call {
    CALL_READ,
    CALL_WRITE,
    CALL_OPEN,
    CALL_STAT,
    CALL_LIST,
    CALL_CLOSE,
    CALL_SYNC,
    CALL_RENAME,
    CALL_UNLINK,
    CALL_CHMOD,
    CALL_READLINK,
    CALL_ACCESS,
    CALL_SEEK,
    CALL_ALLOC,
    CALL_THREAD,
    CALL_ANY, /* of all above but the last two */
    CALLS
};

enum outcome {
    OUTCOME_NONE,  /* the call is made */
    OUTCOME_ERROR, /* it fails, with errno as it is set */
    OUTCOME_SHORT, /* it is made for one byte */
    OUTCOME_END    /* it finds the end of the file */
};

/* Descriptors of the library itself begin here. */
enum { DESCRIPTORS_OF_FAULTS = 200 };

/* Decides on a call on a descriptor, or, where `path` is not NULL, on that file. Leaves errno alone otherwise. */
enum outcome faults_decide(enum call call, int descriptor, const char *path);

#endif
