/* SPDX-License-Identifier: Apache-2.0 */
/* Messages on stderr. Making one raises the exit status, so that no failure can be forgotten. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdint.h>

enum { STATUS_OK = 0, STATUS_DIFFERENT = 1, STATUS_TROUBLE = 2 };

/* "iscc: NAME: REASON", with control bytes of the name masked; raises the status to STATUS_TROUBLE. A NULL name leaves
 * its part out. */
void message_error(const char *name, const char *reason);

/* The same with a reason that is put together, and with any status: STATUS_DIFFERENT where something was found out, and
 * nothing went wrong. */
void message_finding(int status, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* "iscc: WARNING: COUNT ONE" or "... MANY"; nothing where the count is 0. The status stays as it is. */
void message_count(uint64_t count, const char *one, const char *many);

/* A usage error: the sentence, and where help is found for `command` (NULL: the program). */
void message_usage(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Raises the status without a word: a check that failed has its own line. */
void status_raise(int status);

/* The highest status raised so far. */
int status_get(void);

#endif
