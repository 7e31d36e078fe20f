/* SPDX-License-Identifier: Apache-2.0 */
/* Tells whether a file's times show every change of its content: docs/json.md, "Which times are recorded". */
#ifndef TIMES_TRUST_H
#define TIMES_TRUST_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

enum times_trust {
    TIMES_UNTRUSTED, /* a file may change although its times stay the same; or the file system is not known */
    TIMES_TRUSTED,
    TIMES_REMOTE /* trusted if they come from the server: this system may hold older ones */
};

/* What the file systems with this number do; statfs(2) reports the number as f_type. */
enum times_trust times_trust_of_type(uint32_t type);

/* What the file system of a file does, which is open in any way (O_PATH suffices) and has this status. Each thread
 * remembers the last device, so that files of the same file system need no system call. */
enum times_trust times_trust_of(int descriptor, const struct stat *status);

/* The same for a file that is not open. `flags` is 0 or AT_SYMLINK_NOFOLLOW. */
enum times_trust times_trust_at(int directory, const char *name, int flags, const struct stat *status);

/* Reads the status of a file from the server of its file system. Returns false if the file has none. */
bool times_refresh_at(int directory, const char *name, int flags, struct stat *status);

/*
 * Whether a store to a mapped page could leave the times of the open file as they are. `status` was read before, and
 * `moment` with file_times_clock() before that. Only the first store to a clean page sets the times; the page then
 * stays dirty until the system writes it out, which takes half a minute.
 */
bool times_may_stand_still(int descriptor, const struct stat *status, const struct timespec *moment);

#endif
