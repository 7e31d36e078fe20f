/* SPDX-License-Identifier: Apache-2.0 */
/* Why an input has no code: an errno value, or one of our own reasons. */
#ifndef FAILURE_H
#define FAILURE_H

/* 0 is no failure, a positive number an errno value. */
enum {
    FAILURE_CHANGED = -1,    /* the file changed while it was read */
    FAILURE_SPECIAL = -2,    /* neither a regular file nor a directory */
    FAILURE_NO_COMMAND = -3, /* the first operand: no such file, and no command word either */
    FAILURE_EMPTY_NAME = -4, /* an empty record of --files0-from */
    FAILURE_STDIN_NAME = -5, /* `-` in a list of names that is itself read from standard input */
    FAILURE_LINE = -6        /* a line of a checksum list that is none */
};

/* The reason in words, for messages and for "error" in JSON. */
const char *failure_text(int failure);

/* A word for scripts, "code" in JSON: the name of the errno value, or of our own reason. */
const char *failure_code(int failure);

#endif
