/* SPDX-License-Identifier: Apache-2.0 */
/* Tells whether two files are the same one, and from its timestamps whether a file is unchanged. */
#ifndef FILE_IDENTITY_H
#define FILE_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

/* JSON readers may hold numbers as doubles, so seconds written to JSON must be less than this in absolute value. */
#define FILE_TIMES_SECONDS_MAX ((int64_t)1 << 53)

struct file_times {
    struct timespec modified; /* mtime, which any user can set */
    struct timespec changed;  /* ctime, which the kernel sets to the current time on every change of content */
};

struct file_times file_times_of(const struct stat *status);

bool file_times_equal(const struct file_times *a, const struct file_times *b);

/* Files with equal identities are the same file, provided one of them still exists. */
struct file_identity {
    dev_t device;
    ino_t inode;
};

struct file_identity file_identity_of(const struct stat *status);
bool file_identity_equal(const struct file_identity *a, const struct file_identity *b);

/* Compares the identities in two stat results. */
bool file_is_same(const struct stat *a, const struct stat *b);

/* Whether both describe the same file with the same size and timestamps. */
bool file_is_unchanged(const struct stat *before, const struct stat *after);

/* Reads the clock the kernel uses for timestamps, which advances in ticks of a few milliseconds. */
struct timespec file_times_clock(void);

/*
 * Whether any change after `moment` is certain to change these timestamps. `moment` must have been read with
 * file_times_clock() before the first byte of the file. A change within the same clock tick as the previous one may
 * leave the timestamps as they are (git calls such files "racily clean"). Also false if the seconds are outside the
 * range allowed in JSON.
 */
bool file_times_are_settled(const struct file_times *times, const struct timespec *moment);

/* Whether the last change was more than `seconds` before `moment`. False if the times are outside that range. */
bool file_times_are_older(const struct file_times *times, const struct timespec *moment, int64_t seconds);

#endif
