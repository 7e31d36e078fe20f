/* SPDX-License-Identifier: Apache-2.0 */
/* Which file systems set times at every change, and whether pages of a file are still to be written out. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* O_PATH, statx, syscall */
#endif
#include "files/times_trust.h"

#include <fcntl.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#include <sys/vfs.h>
#endif

#include "util/file_identity.h"

/* An open file of this kind names a file without the right to read it. */
#ifdef O_PATH
#define OPEN_FLAGS (O_PATH | O_CLOEXEC)
#else
#define OPEN_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
#endif

/* Twice the age at which Linux writes out dirty pages by default (vm.dirty_expire_centisecs). */
#define SETTLING_SECONDS 60

/* The numbers are from linux/magic.h and from the file systems that are not part of Linux: ZFS, GPFS, Lustre, BeeGFS.
 * Not here are those that leave times alone when a mapped page is stored to (tmpfs), those whose times come from the
 * maker of an image (squashfs, erofs, iso9660), those that have no ctime (vfat, exfat), and those that report what
 * another program or system says (FUSE, cifs, 9p). overlay hides which file system is below it. */
enum times_trust times_trust_of_type(uint32_t type)
{
    switch (type) {
    case 0xEF53:     /* ext2, ext3, ext4 */
    case 0x58465342: /* xfs */
    case 0x9123683E: /* btrfs */
    case 0xF2F52010: /* f2fs */
    case 0xCA451A4E: /* bcachefs */
    case 0x2FC12FC1: /* zfs */
        return TIMES_TRUSTED;
    case 0x6969:     /* nfs */
    case 0x0BD00BD0: /* lustre */
    case 0x47504653: /* gpfs */
    case 0x00C36400: /* ceph */
    case 0x19830326: /* beegfs */
        return TIMES_REMOTE;
    default:
        return TIMES_UNTRUSTED;
    }
}

#ifdef __linux__

static enum times_trust trust_of_file_system(int descriptor)
{
    struct statfs file_system;
    return fstatfs(descriptor, &file_system) == 0 ? times_trust_of_type((uint32_t)file_system.f_type) : TIMES_UNTRUSTED;
}

/* The kernel's interface since Linux 6.5. The program may have been built with older headers. */
#ifdef SYS_cachestat
#define CACHESTAT SYS_cachestat
#elif !defined __alpha__
#define CACHESTAT 451
#endif

struct cached_range {
    uint64_t start;
    uint64_t size; /* 0: to the end */
};

struct cached_pages {
    uint64_t cached;
    uint64_t dirty;
    uint64_t in_writeback;
    uint64_t evicted;
    uint64_t recently_evicted;
};

/* False also if the system does not say. */
static bool pages_are_clean(int descriptor)
{
#ifdef CACHESTAT
    struct cached_range all = {0, 0};
    struct cached_pages pages;
    return syscall(CACHESTAT, descriptor, &all, &pages, 0) == 0 && pages.dirty == 0 && pages.in_writeback == 0;
#else
    (void)descriptor;
    return false;
#endif
}

#else

static enum times_trust trust_of_file_system(int descriptor)
{
    (void)descriptor;
    return TIMES_UNTRUSTED;
}

static bool pages_are_clean(int descriptor)
{
    (void)descriptor;
    return false;
}

#endif

/* The file system on which this thread last examined a file. */
static _Thread_local struct {
    bool is_known;
    dev_t device;
    enum times_trust trust;
} last;

static bool is_of_last(const struct stat *status)
{
    return last.is_known && last.device == status->st_dev;
}

enum times_trust times_trust_of(int descriptor, const struct stat *status)
{
    if (!is_of_last(status)) {
        last.trust = trust_of_file_system(descriptor);
        last.device = status->st_dev;
        last.is_known = true;
    }
    return last.trust;
}

enum times_trust times_trust_at(int directory, const char *name, int flags, const struct stat *status)
{
    const int no_links = (flags & AT_SYMLINK_NOFOLLOW) != 0 ? O_NOFOLLOW : 0;

    if (is_of_last(status))
        return last.trust;
    const int descriptor = openat(directory, name, OPEN_FLAGS | no_links);
    if (descriptor < 0)
        return TIMES_UNTRUSTED;
    const enum times_trust trust = times_trust_of(descriptor, status);
    close(descriptor);
    return trust;
}

/* A client of NFS answers from a cache for seconds, and so does statx() without this flag. The answer renews the cache,
 * which fstatat() then reads. */
bool times_refresh_at(int directory, const char *name, int flags, struct stat *status)
{
#ifdef AT_STATX_FORCE_SYNC
    struct statx fresh;
    if (statx(directory, name, flags | AT_STATX_FORCE_SYNC, STATX_BASIC_STATS, &fresh) != 0)
        return false;
#endif
    return fstatat(directory, name, status, flags) == 0;
}

bool times_may_stand_still(int descriptor, const struct stat *status, const struct timespec *moment)
{
    const struct file_times times = file_times_of(status);
    return !file_times_are_older(&times, moment, SETTLING_SECONDS) && !pages_are_clean(descriptor);
}
