/* SPDX-License-Identifier: Apache-2.0 */
/* One pass over an archive: the records of its members, in its order, as a child sends them. */
#ifndef ARCHIVE_PASS_H
#define ARCHIVE_PASS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "archive/archive_settings.h"
#include "lists/file_record.h"

struct archive_pass;

/* Whether an open file is an archive. */
bool archive_pass_is_for(int descriptor, const struct stat *status);

/* Whether the file at a path is one. */
bool archive_pass_is_for_path(const char *path);

/* Whether one of these paths is an archive. */
bool archive_pass_is_for_any(const char *const *paths, int count);

/* Starts a pass over an archive, whose status is that of the open file before it was read; the caller still owns the
 * descriptor. `flags` is ISCC_NARROW or ISCC_WIDE; with `text`, members get Text-Codes. With a failure, does not read
 * it. Returns NULL if memory is short; any other failure comes as the last record. */
struct archive_pass *archive_pass_start(int descriptor, const struct stat *status, const char *path, size_t path_size,
                                        const struct archive_settings *settings, unsigned flags, bool text,
                                        int failure);

/* Reads ahead, so that the archive is unpacked meanwhile: all of it, or with `is_bounded` until all passes together
 * hold much. Returns early if another thread sets `is_cancelled`, which may be NULL. */
void archive_pass_collect(struct archive_pass *pass, bool is_bounded, const atomic_bool *is_cancelled);

/*
 * Gets the next record; its name, PATH!/MEMBER, is valid until the next call. A record with a failure is about a
 * member, or if its name is only that of an archive, says why that one was not read to its end. Returns false at the
 * end.
 */
bool archive_pass_next(struct archive_pass *pass, struct file_record *member);

/* Does nothing if `pass` is NULL. */
void archive_pass_free(struct archive_pass *pass);

#endif
