/* SPDX-License-Identifier: Apache-2.0 */
/* Which times are trusted, for every kind of file system, age and state of the pages. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "files/times_trust.h"
#include "hash/open_file.h"
#include "lists/file_record.h"
#include "support/folder.h"
#include "support/unit.h"
#include "util/file_identity.h"

/* ---- The system's answers ---- */

static uint32_t type;         /* of the file system; 0: the call fails */
static int asked_file_system; /* calls */
static int asked_server;
static long pages_status;
static uint64_t dirty;
static uint64_t in_writeback;

int __real_statx(int directory, const char *name, int flags, unsigned mask, struct statx *status);
int __wrap_statx(int directory, const char *name, int flags, unsigned mask, struct statx *status);
int __wrap_fstatfs(int descriptor, struct statfs *file_system);
int __wrap_fstatfs64(int descriptor, struct statfs *file_system);
long __wrap_syscall(long number, int descriptor, const void *range, uint64_t *pages, unsigned flags);

int __wrap_fstatfs(int descriptor, struct statfs *file_system)
{
    (void)descriptor;
    asked_file_system++;
    memset(file_system, 0, sizeof *file_system);
    file_system->f_type = (__typeof__(file_system->f_type))type;
    return type == 0 ? -1 : 0;
}

int __wrap_fstatfs64(int descriptor, struct statfs *file_system)
{
    return __wrap_fstatfs(descriptor, file_system);
}

int __wrap_statx(int directory, const char *name, int flags, unsigned mask, struct statx *status)
{
    asked_server += (flags & AT_STATX_FORCE_SYNC) != 0;
    return __real_statx(directory, name, flags, mask, status);
}

long __wrap_syscall(long number, int descriptor, const void *range, uint64_t *pages, unsigned flags)
{
    const uint64_t answer[] = {1, dirty, in_writeback, 0, 0};

    (void)number;
    (void)range;
    (void)flags;
    assert_int_equal(descriptor, 5);
    memcpy(pages, answer, sizeof answer);
    return pages_status;
}

static const struct {
    uint32_t type;
    enum times_trust trust;
} type_examples[] = {
    {0xEF53, TIMES_TRUSTED},       /* ext2, ext3, ext4 */
    {0x58465342, TIMES_TRUSTED},   /* xfs */
    {0x9123683E, TIMES_TRUSTED},   /* btrfs: does not fit into an int */
    {0xF2F52010, TIMES_TRUSTED},   /* f2fs */
    {0xCA451A4E, TIMES_TRUSTED},   /* bcachefs */
    {0x2FC12FC1, TIMES_TRUSTED},   /* zfs */
    {0x6969, TIMES_REMOTE},        /* nfs */
    {0x0BD00BD0, TIMES_REMOTE},    /* lustre */
    {0x47504653, TIMES_REMOTE},    /* gpfs */
    {0x00C36400, TIMES_REMOTE},    /* ceph */
    {0x19830326, TIMES_REMOTE},    /* beegfs */
    {0x01021994, TIMES_UNTRUSTED}, /* tmpfs */
    {0x858458F6, TIMES_UNTRUSTED}, /* ramfs */
    {0x73717368, TIMES_UNTRUSTED}, /* squashfs */
    {0xE0F5E1E2, TIMES_UNTRUSTED}, /* erofs */
    {0x9660, TIMES_UNTRUSTED},     /* iso9660 */
    {0x4D44, TIMES_UNTRUSTED},     /* vfat */
    {0x2011BAB0, TIMES_UNTRUSTED}, /* exfat */
    {0x65735546, TIMES_UNTRUSTED}, /* FUSE */
    {0xFF534D42, TIMES_UNTRUSTED}, /* cifs */
    {0xFE534D42, TIMES_UNTRUSTED}, /* smb2 */
    {0x01021997, TIMES_UNTRUSTED}, /* 9p */
    {0x9FA0, TIMES_UNTRUSTED},     /* proc */
    {0x62656572, TIMES_UNTRUSTED}, /* sysfs */
    {0, TIMES_UNTRUSTED},          /* unknown */
    {0xFFFFFFFF, TIMES_UNTRUSTED},
};

static void types(void **state)
{
    struct stat status = {.st_dev = 100};

    (void)state;
    for (size_t i = 0; i < sizeof type_examples / sizeof *type_examples; i++) {
        type = type_examples[i].type;
        status.st_dev++;
        assert_int_equal(times_trust_of_type(type), type_examples[i].trust);
        assert_int_equal(times_trust_of(5, &status), type_examples[i].trust);
    }
}

static void asked_once(void **state)
{
    const struct stat here = {.st_dev = 1};
    const struct stat there = {.st_dev = 2};

    (void)state;
    type = 0xEF53;
    asked_file_system = 0;
    for (int i = 0; i < 3; i++)
        assert_int_equal(times_trust_of(5, &here), TIMES_TRUSTED);
    assert_int_equal(times_trust_at(AT_FDCWD, "none", 0, &here), TIMES_TRUSTED);
    assert_int_equal(asked_file_system, 1);
    type = 0x01021994;
    assert_int_equal(times_trust_of(5, &there), TIMES_UNTRUSTED);
    assert_int_equal(times_trust_at(AT_FDCWD, "none", 0, &here), TIMES_UNTRUSTED);
    assert_int_equal(times_trust_at(AT_FDCWD, "/", 0, &here), TIMES_UNTRUSTED);
    assert_int_equal(asked_file_system, 3);
}

static void ages(void **state)
{
    static const struct {
        time_t age;
        long status;
        uint64_t dirty;
        uint64_t in_writeback;
        bool may_stand_still;
    } examples[] = {
        {1, 0, 0, 0, false},   {1, 0, 1, 0, true},   {1, 0, 0, 1, true},   {1, -1, 0, 0, true},   {60, -1, 0, 0, true},
        {61, -1, 0, 0, false}, {61, 0, 1, 1, false}, {-1, -1, 0, 0, true}, {-100, 0, 1, 0, true},
    };
    const struct timespec moment = {.tv_sec = 1000000};

    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct stat status = {.st_ctim = {.tv_sec = moment.tv_sec - examples[i].age}};
        pages_status = examples[i].status;
        dirty = examples[i].dirty;
        in_writeback = examples[i].in_writeback;
        assert_int_equal(times_may_stand_still(5, &status, &moment), examples[i].may_stand_still);
    }
}

/* ---- A file that need not be opened ---- */

static bool is_up_to_date(const void *context, const struct file_record *listed, const struct stat *status)
{
    (void)context;
    return file_record_same_stat(listed, status);
}

/* Opens a file that has the times in its record, on a file system of this type. */
static struct job open_listed(const char *path, uint32_t file_system, bool trusts_times)
{
    const struct hash_settings settings = {.is_up_to_date = is_up_to_date, .trusts_times = trusts_times};
    static struct file_record listed;
    const struct stat elsewhere = {.st_dev = 0};
    struct stat status;
    struct job job = {.descriptor = -1};

    assert_int_equal(stat(path, &status), 0);
    listed = (struct file_record){
        .has_filesize = true, .filesize = (uint64_t)status.st_size, .has_times = true, .times = file_times_of(&status)};
    type = file_system;
    times_trust_of(5, &elsewhere); /* forgets what it was before */
    asked_server = 0;
    job_set_listed(&job, NULL, path, strlen(path));
    job.listed = &listed;
    job_open(&job, &settings);
    assert_int_equal(job.failure, 0);
    return job;
}

static void up_to_date(void **state)
{
    static const struct {
        uint32_t type;
        bool trusts_times;
        bool is_known;
        int asked_server;
    } examples[] = {
        {0xEF53, false, true, 0}, {0x6969, false, true, 1},    {0x01021994, false, false, 0},
        {0xEF53, true, true, 0},  {0x01021994, true, true, 0}, {0x6969, true, true, 1},
    };
    char *path = folder_path("file");

    (void)state;
    folder_write("file", "x", 1);
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct job job = open_listed(path, examples[i].type, examples[i].trusts_times);
        assert_int_equal(job.kind, examples[i].is_known ? JOB_KNOWN : JOB_LISTED);
        assert_int_equal(asked_server, examples[i].asked_server);
        if (!examples[i].is_known)
            assert_false(job.times_are_trusted);
        job_free(&job);
    }
    free(path);
}

TEST_FILE(times_trust)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types),
        cmocka_unit_test(asked_once),
        cmocka_unit_test(ages),
        cmocka_unit_test_setup_teardown(up_to_date, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
