/* SPDX-License-Identifier: Apache-2.0 */
/* Decides which of the program's calls to the system fail. */
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
    CALL_UNNAMED, /* an open that creates a file without a name */
    CALL_LINK,
    CALL_READLINK,
    CALL_ACCESS,
    CALL_SEEK,
    CALL_FORK,
    CALL_PIPE, /* also a pair of sockets, and a message over one */
    CALL_ALLOC,
    CALL_THREAD,
    CALL_ANY, /* any of the above but ALLOC and THREAD */
    CALLS
};

enum outcome {
    OUTCOME_NONE,  /* the call is made */
    OUTCOME_ERROR, /* it fails, with errno set */
    OUTCOME_SHORT, /* it is made for one byte */
    OUTCOME_END    /* it finds the end of the file */
};

/* The library's own descriptors start here. */
enum { DESCRIPTORS_OF_FAULTS = 200 };

/* Decides the outcome of a call on a descriptor or, if `path` is not NULL, on that file. Only a failure changes errno.
 */
enum outcome faults_decide(enum call call, int descriptor, const char *path);

#endif
