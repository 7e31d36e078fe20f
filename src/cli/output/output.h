/* SPDX-License-Identifier: Apache-2.0 */
/* The one writer of results: buffered, every write and the close checked, whole lines. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct output;

/*
 * Standard output where `path` is NULL. Otherwise a new file beside `path` that takes its name when the output is
 * finished: `path` is the old file or the whole new one at any instant. What is no regular file (/dev/full, a FIFO) is
 * written to as it is. `terminator` is the byte that ends a line. NULL after a message.
 */
struct output *output_open(const char *path, char terminator);

/* A write that failed gives one message, and all that follow are left out. To a terminal no control byte goes raw. */
void output_write(struct output *output, const char *bytes, size_t size);
void output_string(struct output *output, const char *text);

/* Writes the byte that ends a line. */
void output_end_line(struct output *output);

/* Hands on what is buffered, as whole lines where it is a pipe's: one write of up to PIPE_BUF bytes is never torn. */
void output_flush(struct output *output);

bool output_failed(const struct output *output);

/* Flushes, closes, and puts the file in place; frees. A failure of any of these gives its message. */
void output_finish(struct output *output);

/* As output_finish, but for work that was not done to its end: a new file is removed and the old one stays. What goes
 * elsewhere than to a new file is flushed and closed as usual. The caller has given the message. */
void output_abandon(struct output *output);

/* Whether this is the file that is being written, standard output included, or the one that it will replace: a walk
 * that meets it must not take it for input. */
bool output_owns(const struct output *output, const struct stat *status);

/* Whether there is such a file at all. */
bool output_owns_any(const struct output *output);

#endif
