/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gives up what the program has no use for, so that input that gets the better of it gains little: to make, change,
 * rename and remove files, but where its results go; to execute; TCP; to signal or trace other processes. Reading stays
 * free.
 *
 * A filter of system calls by seccomp would do more, but takes the kernel 70 us to put in place, of the millisecond
 * that the program needs for a small file; Landlock takes 7.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stddef.h>

/* For good, for this thread and those that it starts. `target` is the file that will be written, as output_open
 * takes it, or NULL. A kernel that offers less makes the sandbox weaker, without a word. */
void sandbox_enter(const char *target);

/* What this build and this kernel have of it, in words. */
void sandbox_describe(char *text, size_t size);

#endif
