/* SPDX-License-Identifier: Apache-2.0 */
/* How a file is known to be the one that was seen before, and its time stamps, by which it is known to be as it was. */
#ifndef FILE_IDENTITY_H
#define FILE_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

/* Seconds in JSON stay below this on both sides of zero: readers have no more than a double for them. */
#define FILE_TIMES_SECONDS_MAX ((int64_t)1 << 53)

struct file_times {
    struct timespec modified; /* mtime, which anyone may set */
    struct timespec changed;  /* ctime, which every change of the content sets to what the kernel's clock says */
};

struct file_times file_times_of(const struct stat *status);

bool file_times_equal(const struct file_times *a, const struct file_times *b);

/* Two files are the same if these are equal, as long as one of them exists. */
struct file_identity {
    dev_t device;
    ino_t inode;
};

struct file_identity file_identity_of(const struct stat *status);
bool file_identity_equal(const struct file_identity *a, const struct file_identity *b);

/* The same of what the system said of two files. */
bool file_is_same(const struct stat *a, const struct stat *b);

/* Whether it is the same file still, with the same size and times. */
bool file_is_unchanged(const struct stat *before, const struct stat *after);

/* The clock that the kernel takes time stamps from, which goes in ticks of milliseconds. */
struct timespec file_times_clock(void);

/*
 * Whether every change after `moment`, which file_times_clock() told before the first byte was read, must give the file
 * other times than these. A change within the tick of the last one may not: git calls such files racily clean. False as
 * well for seconds outside of the range of JSON.
 */
bool file_times_are_settled(const struct file_times *times, const struct timespec *moment);

#endif
