/* SPDX-License-Identifier: Apache-2.0 */
/* A limit of memory, and a seccomp filter that denies every system call but a few with EPERM. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* syscall numbers */
#endif
#include "archive/confinement.h"

#include <stddef.h>
#include <sys/resource.h>

/* The largest dictionaries that formats ask for have some hundred megabytes. */
#define MEMORY_MAX ((rlim_t)512 * 1024 * 1024)

#if defined __linux__ && !defined ISCC_NO_SANDBOX && !defined ISCC_SANITIZED

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* A program for another processor would have other numbers for the same calls. */
#if defined __x86_64__ && !defined __ILP32__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__ && defined __AARCH64EL__
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined __i386__
#define ARCHITECTURE AUDIT_ARCH_I386
#elif defined __s390x__
#define ARCHITECTURE AUDIT_ARCH_S390X
#elif defined __powerpc__ && !defined __powerpc64__
#define ARCHITECTURE AUDIT_ARCH_PPC
#endif

#ifdef ARCHITECTURE
#define ALLOW(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

/* No call opens, stats or executes anything: the archive and the pipe are open. */
static struct sock_filter program[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1 /* EPERM */),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    ALLOW(SYS_pread64),
    ALLOW(SYS_write),
    ALLOW(SYS_brk),
    ALLOW(SYS_munmap),
#ifdef SYS_mmap2
    ALLOW(SYS_mmap2),
#endif
#ifdef SYS_mmap
    ALLOW(SYS_mmap),
#endif
    ALLOW(SYS_mremap),
    ALLOW(SYS_mprotect),
    ALLOW(SYS_madvise),
    ALLOW(SYS_futex),
    ALLOW(SYS_rt_sigreturn),
    ALLOW(SYS_restart_syscall),
    ALLOW(SYS_exit_group),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
};

static void filter_system_calls(void)
{
    const struct sock_fprog filter = {.len = sizeof program / sizeof program[0], .filter = program};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        (void)!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
}
#else
static void filter_system_calls(void)
{
}
#endif

void confinement_enter(bool filters)
{
    const struct rlimit memory = {.rlim_cur = MEMORY_MAX, .rlim_max = MEMORY_MAX};

    setrlimit(RLIMIT_AS, &memory);
    if (filters)
        filter_system_calls();
}

#else

/* Sanitizers need terabytes of addresses, and make calls of their own. */
void confinement_enter(bool filters)
{
    (void)filters;
#if !defined ISCC_SANITIZED
    const struct rlimit memory = {.rlim_cur = MEMORY_MAX, .rlim_max = MEMORY_MAX};
    setrlimit(RLIMIT_AS, &memory);
#endif
}

#endif
