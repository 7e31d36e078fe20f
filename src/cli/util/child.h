/* SPDX-License-Identifier: Apache-2.0 */
/* What a forked process does first. */
#ifndef CHILD_H
#define CHILD_H

#include <sys/types.h>

/* Ends the calling process with the one that forked it, which may be killed without a chance to end its children. */
void child_end_with(pid_t parent);

/* Puts /dev/null in place of a standard stream. */
void child_leave_stream(int stream);

#endif
