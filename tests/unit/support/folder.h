/* SPDX-License-Identifier: Apache-2.0 */
/* A private folder for the files of a test. */
#ifndef FOLDER_H
#define FOLDER_H

#include <stddef.h>

/* A group's or a test's set-up and tear-down: makes the folder below TMPDIR, and removes it with all its files. */
int folder_make(void **state);
int folder_remove(void **state);

/* The path of a file in it; to be freed. */
char *folder_path(const char *name);

/* The number of entries in it. */
size_t folder_count(void);

/* Writes a file in it. */
void folder_write(const char *name, const void *bytes, size_t size);

/* Whether a file in it holds exactly these bytes. */
int folder_holds(const char *name, const void *bytes, size_t size);

#endif
