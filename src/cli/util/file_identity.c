/* SPDX-License-Identifier: Apache-2.0 */
/* Comparison of file identities and timestamps, and how far timestamps can be trusted. */
#include "util/file_identity.h"

#ifdef CLOCK_REALTIME_COARSE
#define STAMP_CLOCK CLOCK_REALTIME_COARSE
#else
#define STAMP_CLOCK CLOCK_REALTIME
#endif

#define SECOND ((int64_t)1000000000)

/* Twice 10 ms, which is both the resolution of exFAT and the longest kernel tick. */
#define FINE_MARGIN (SECOND / 50)

/* FAT has the coarsest timestamps, in steps of two seconds; ext3 and HFS+ store whole seconds. */
#define COARSE_MARGIN (2 * SECOND)

struct file_times file_times_of(const struct stat *status)
{
    return (struct file_times){.modified = status->st_mtim, .changed = status->st_ctim};
}

static bool timespecs_equal(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool file_times_equal(const struct file_times *a, const struct file_times *b)
{
    return timespecs_equal(&a->modified, &b->modified) && timespecs_equal(&a->changed, &b->changed);
}

struct file_identity file_identity_of(const struct stat *status)
{
    return (struct file_identity){.device = status->st_dev, .inode = status->st_ino};
}

bool file_identity_equal(const struct file_identity *a, const struct file_identity *b)
{
    return a->device == b->device && a->inode == b->inode;
}

bool file_is_same(const struct stat *a, const struct stat *b)
{
    const struct file_identity first = file_identity_of(a);
    const struct file_identity second = file_identity_of(b);

    return file_identity_equal(&first, &second);
}

bool file_is_unchanged(const struct stat *before, const struct stat *after)
{
    const struct file_times times_before = file_times_of(before);
    const struct file_times times_after = file_times_of(after);

    return file_is_same(before, after) && before->st_size == after->st_size &&
           file_times_equal(&times_before, &times_after);
}

struct timespec file_times_clock(void)
{
    struct timespec now = {.tv_sec = 0};
    clock_gettime(STAMP_CLOCK, &now); /* if it fails, `now` stays 0 and no file counts as settled */
    return now;
}

static bool is_in_range(const struct timespec *time)
{
    return time->tv_sec > -FILE_TIMES_SECONDS_MAX && time->tv_sec < FILE_TIMES_SECONDS_MAX;
}

/* How much older than the reference time a timestamp must be, in nanoseconds. */
static int64_t rounding_margin(const struct file_times *times)
{
    struct timespec tick = {.tv_nsec = 0};

    if (times->modified.tv_nsec == 0 && times->changed.tv_nsec == 0)
        return COARSE_MARGIN;
    if (clock_getres(STAMP_CLOCK, &tick) != 0 || tick.tv_sec > 0)
        return COARSE_MARGIN;
    return 2 * (int64_t)tick.tv_nsec > FINE_MARGIN ? 2 * (int64_t)tick.tv_nsec : FINE_MARGIN;
}

/* A change after `moment` sets ctime to `moment` or later, minus whatever the file system rounds off. If the recorded
 * ctime is older than `moment` by more than that rounding, the new ctime is bound to differ from it. A file system
 * without ctime reports mtime instead, which a change updates the same way. */
bool file_times_are_settled(const struct file_times *times, const struct timespec *moment)
{
    if (!is_in_range(&times->modified) || !is_in_range(&times->changed) || !is_in_range(moment))
        return false;
    const int64_t seconds = (int64_t)moment->tv_sec - (int64_t)times->changed.tv_sec;
    if (seconds > COARSE_MARGIN / SECOND)
        return true;
    return seconds >= 0 &&
           seconds * SECOND + (int64_t)moment->tv_nsec - (int64_t)times->changed.tv_nsec >= rounding_margin(times);
}

bool file_times_are_older(const struct file_times *times, const struct timespec *moment, int64_t seconds)
{
    return is_in_range(&times->changed) && is_in_range(moment) &&
           (int64_t)moment->tv_sec - (int64_t)times->changed.tv_sec > seconds;
}
