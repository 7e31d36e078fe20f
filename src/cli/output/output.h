/* SPDX-License-Identifier: Apache-2.0 */
/* Buffered output of results. Every write and the close are checked, and lines are written whole. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct output;

/*
 * Opens standard output if `path` is NULL. Otherwise writes to a temporary file beside `path` and renames it when the
 * output is finished, so `path` is always either the old file or the complete new one. If `path` is not a regular file
 * (/dev/full, a FIFO), it is opened and written to directly. `terminator` is the byte that ends a line. Returns NULL
 * after reporting an error.
 */
struct output *output_open(const char *path, char terminator);

/* Writes to a descriptor, which it closes at the end; `name` is that of the file in messages. Returns NULL after
 * reporting an error; the descriptor is then still open. */
struct output *output_append(int descriptor, const char *name, char terminator);

/* The first failed write is reported; later output is discarded. Control bytes are escaped if the output is a
 * terminal. */
void output_write(struct output *output, const char *bytes, size_t size);
void output_string(struct output *output, const char *text);

/* Writes the byte that ends a line. */
void output_end_line(struct output *output);

/* Writes out the buffer. To a pipe, whole lines are written in chunks of up to PIPE_BUF bytes, which are never
 * split. */
void output_flush(struct output *output);

bool output_failed(const struct output *output);

/* Flushes, closes, renames a replacement file into place, and frees the output. Failures are reported. */
void output_finish(struct output *output);

/* Like output_finish(), for output that is incomplete: a temporary file is removed and the old file kept. Other output
 * is flushed and closed as usual. The caller has already reported the reason. */
void output_abandon(struct output *output);

/* Ends a list: like output_finish() if it names a file. A list without files is more likely an accident, such as a disk
 * that is not mounted, so a file that is not empty is kept then, with a message. Returns whether everything was
 * written. */
bool output_finish_list(struct output *output, bool has_files);

/* Whether `status` describes the file being written (standard output included) or the one it will replace. A walk must
 * not read these as input. */
bool output_owns(const struct output *output, const struct stat *status);

/* Whether `status` describes the file that -o will replace. If so it stays, because it is an input: output_finish()
 * does not replace it. Any thread may call this. */
bool output_keeps_input(struct output *output, const struct stat *status);

/* Whether there is any such file. */
bool output_owns_any(const struct output *output);

#endif
