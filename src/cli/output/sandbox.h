/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drops the rights the program does not need, so that malicious input which exploits a bug gains little: creating,
 * changing, renaming and removing files (except where results go), executing programs, TCP, and signalling or tracing
 * other processes. Reading stays unrestricted.
 *
 * A seccomp system call filter could restrict more, but installing one takes the kernel 70 us, out of about a
 * millisecond that the program needs for a small file. Landlock takes 7 us.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stddef.h>

/* Irreversible, for this thread and every thread it starts later. `target` is the output file as passed to
 * output_open(), or NULL. On kernels that support less, the sandbox is silently weaker. */
void sandbox_enter(const char *target);

/* Describes what this build and the running kernel support. */
void sandbox_describe(char *text, size_t size);

#endif
