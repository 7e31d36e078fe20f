/* SPDX-License-Identifier: Apache-2.0 */
/* A sandbox based on Landlock (Linux 5.13 and later). Everything it controls is denied, except for writing the
 * results. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* syscall, O_PATH */
#endif
#include "output/sandbox.h"

#if defined __linux__ && !defined ISCC_NO_SANDBOX

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "output/replacement.h"

/* The kernel's interface, from Documentation/userspace-api/landlock.rst. The program may run on a newer kernel than the
 * headers it was built with, so the constants are repeated here; they are stable ABI. New system calls have the same
 * number on all architectures except Alpha. */
#if defined SYS_landlock_create_ruleset
#define CREATE_RULESET SYS_landlock_create_ruleset
#define ADD_RULE SYS_landlock_add_rule
#define RESTRICT_SELF SYS_landlock_restrict_self
#else
#define CREATE_RULESET 444
#define ADD_RULE 445
#define RESTRICT_SELF 446
#endif

#define CREATE_RULESET_VERSION 1u
#define RULE_PATH_BENEATH 1

#define FS_EXECUTE (UINT64_C(1) << 0)
#define FS_WRITE_FILE (UINT64_C(1) << 1)
#define FS_READ (UINT64_C(3) << 2) /* files, directories */
#define FS_REMOVE_FILE (UINT64_C(1) << 5)
#define FS_MAKE_REG (UINT64_C(1) << 8)
#define FS_ABI_1 ((UINT64_C(1) << 13) - 1)
#define FS_REFER (UINT64_C(1) << 13)     /* ABI 2: rename and link between directories */
#define FS_TRUNCATE (UINT64_C(1) << 14)  /* ABI 3 */
#define FS_IOCTL_DEV (UINT64_C(1) << 15) /* ABI 5 */
#define NET_TCP UINT64_C(3)              /* ABI 4: bind, connect */
#define SCOPE_ALL UINT64_C(3)            /* ABI 6: abstract UNIX sockets, signals */

/* Older kernels accept a larger structure as long as the members they do not know are zero. */
struct ruleset {
    uint64_t handled_fs;
    uint64_t handled_net;
    uint64_t scoped;
};

struct path_beneath {
    uint64_t allowed;
    int32_t descriptor;
} __attribute__((packed));

/* The ABI version the kernel supports, or 0 if it has no Landlock. */
static int landlock_abi(void)
{
    const long abi = syscall(CREATE_RULESET, NULL, 0, CREATE_RULESET_VERSION);
    return abi > 0 ? (int)abi : 0;
}

/* Restricts everything except reading, which is the program's job. Sanitizers may execute their symbolizer. */
static struct ruleset ruleset_of(int abi)
{
    struct ruleset ruleset = {.handled_fs = FS_ABI_1 & ~FS_READ};

#ifdef ISCC_SANITIZED
    ruleset.handled_fs &= ~FS_EXECUTE;
#endif
    if (abi >= 2)
        ruleset.handled_fs |= FS_REFER;
    if (abi >= 3)
        ruleset.handled_fs |= FS_TRUNCATE;
    if (abi >= 4)
        ruleset.handled_net = NET_TCP;
    if (abi >= 5)
        ruleset.handled_fs |= FS_IOCTL_DEV;
    if (abi >= 6)
        ruleset.scoped = SCOPE_ALL;
    return ruleset;
}

/* Allows creating, writing, renaming and removing files in a directory, or writing to a path that is not a
 * directory. */
static bool allow_writes(int rules, const struct ruleset *ruleset, const char *location)
{
    struct stat status;
    struct path_beneath rule = {.allowed = FS_WRITE_FILE, .descriptor = open(location, O_PATH | O_CLOEXEC)};

    if (rule.descriptor < 0)
        return false;
    const bool is_known = fstat(rule.descriptor, &status) == 0;
    rule.allowed |= is_known && S_ISDIR(status.st_mode) ? FS_MAKE_REG | FS_REMOVE_FILE | FS_TRUNCATE : FS_IOCTL_DEV;
    rule.allowed &= ruleset->handled_fs;
    const bool done = is_known && syscall(ADD_RULE, rules, RULE_PATH_BENEATH, &rule, 0) == 0;
    close(rule.descriptor);
    return done;
}

/* LLVM's OpenMP runtime creates a file in shared memory when it starts, and removes it on exit. */
static bool allow_runtime(int rules, const struct ruleset *ruleset)
{
#if defined _OPENMP && defined __clang__
    const char *location = "/dev/shm";
    return access(location, F_OK) != 0 || allow_writes(rules, ruleset, location);
#else
    (void)rules;
    (void)ruleset;
    return true;
#endif
}

static bool allow_target(int rules, const struct ruleset *ruleset, const char *target)
{
    char *location = replacement_location(target);
    const bool done = location != NULL && allow_writes(rules, ruleset, location);
    free(location);
    return done;
}

/* If the output location cannot be allowed, no sandbox is set up, so that opening the output reports the actual
 * error. */
void sandbox_enter(const char *target)
{
    const int abi = landlock_abi();
    const struct ruleset ruleset = ruleset_of(abi);
    const int rules = abi > 0 ? (int)syscall(CREATE_RULESET, &ruleset, sizeof ruleset, 0) : -1;
    bool possible = rules >= 0 && allow_runtime(rules, &ruleset);

    if (target != NULL)
        possible = possible && allow_target(rules, &ruleset, target);
    if (possible && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        (void)!syscall(RESTRICT_SELF, rules, 0);
    if (rules >= 0)
        close(rules);
}

void sandbox_describe(char *text, size_t size)
{
    const int abi = landlock_abi();
    if (abi > 0)
        snprintf(text, size, "Landlock, ABI %d", abi);
    else
        snprintf(text, size, "none: the kernel does not support Landlock");
}

#else

#include <stdio.h>

void sandbox_enter(const char *target)
{
    (void)target;
}

void sandbox_describe(char *text, size_t size)
{
    snprintf(text, size, "none: disabled in this build");
}

#endif
