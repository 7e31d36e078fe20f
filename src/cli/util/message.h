/* SPDX-License-Identifier: Apache-2.0 */
/* Messages on stderr. Printing an error raises the exit status, so no failure can go unreported. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    STATUS_OK = 0,
    STATUS_DIFFERENT = 1,
    STATUS_TROUBLE = 2,
    STATUS_AGAIN = 75 /* stopped: the same command goes on (EX_TEMPFAIL of sysexits.h) */
};

/* Prints "iscc: NAME: REASON", escaping control bytes in the name, and raises the status to STATUS_TROUBLE. NAME is
 * omitted if NULL. */
void message_error(const char *name, const char *reason);

/* Like message_error() with a formatted reason and any status. STATUS_DIFFERENT means a difference was found but
 * nothing went wrong. */
void message_finding(int status, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Prints "iscc: WARNING: COUNT ONE" or "iscc: WARNING: COUNT MANY", with the name after "iscc: " unless it is NULL, or
 * nothing if the count is 0. The status is unchanged. */
void message_count(const char *name, uint64_t count, const char *one, const char *many);

/* Prints a usage error and a pointer to the help of `command` (NULL: of the program). */
void message_usage(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether there was a usage error, so that nothing was done. */
bool message_was_usage(void);

/* Raises the status without a message, for failures already reported as a result, such as a failed check. */
void status_raise(int status);

/* How many messages of STATUS_TROUBLE there were. */
uint64_t message_errors(void);

/* The highest status raised so far. */
int status_get(void);

#endif
