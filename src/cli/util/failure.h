/* SPDX-License-Identifier: Apache-2.0 */
/* Reasons why an input has no code: errno values and a few of our own. */
#ifndef FAILURE_H
#define FAILURE_H

#include <stdbool.h>

/* Zero means no failure; positive values are errno values. */
enum {
    FAILURE_CHANGED = -1,    /* the file changed while being read */
    FAILURE_SPECIAL = -2,    /* neither a regular file nor a directory */
    FAILURE_NO_COMMAND = -3, /* the first operand is neither a command nor an existing file */
    FAILURE_EMPTY_NAME = -4, /* an empty record of --files0-from */
    FAILURE_STDIN_NAME = -5, /* `-` in a list of names that is itself read from standard input */
    FAILURE_LINE = -6,       /* a malformed line in a checksum list */
    FAILURE_UNKNOWN = -7,    /* a list gives a reason that is not in our table */
    FAILURE_OUTSIDE = -8,    /* a listed name that leads out of the directory of --base */
    FAILURE_OUTPUT = -9,     /* the file of -o is among the inputs */
    FAILURE_DAMAGED = -10,   /* a line of a list with a code that cannot be read */
    FAILURE_NO_LIST = -11,   /* a list of which no line is good */
    FAILURE_INPUT = -12,     /* not what a function of the standard takes */
    FAILURE_ARCHIVE = -13,   /* an archive or a member is damaged, or the process that read it has died */
    FAILURE_ENCRYPTED = -14, /* it can only be read with a key */
    FAILURE_TRUNCATED = -15, /* the end of an archive is missing */
    FAILURE_LIMIT = -16,     /* an archive unpacks to more than its limit */
    FAILURE_NAME = -17,      /* the name of a member is empty, ends with a slash or contains NUL */
    FAILURE_AMBIGUOUS = -18, /* the path of an archive would be taken for that of a member */
    FAILURE_MISMATCH = -19   /* an archive does not have as many members as it says */
};

/* The human-readable reason, used in messages and as "error" in JSON. */
const char *failure_text(int failure);

/* The machine-readable reason, used as "code" in JSON: the name of the errno value or of our own failure. */
const char *failure_code(int failure);

/* The failure that has this code, or FAILURE_UNKNOWN. Never FAILURE_NO_COMMAND, whose code is that of ENOENT. */
int failure_of_code(const char *code);

/* Whether the failure is that of a record in a list, so that there is no file. */
bool failure_is_of_record(int failure);

/* Whether the failure is one of the bytes of an archive. */
bool failure_is_of_archive(int failure);

#endif
