/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The processes that read archives.
 *
 *     program ---- socket: descriptors, request ----> template, forked once, before there are threads
 *        |                                                | forks
 *        +---- pipe: records (wire.h) <---- child, one for each archive, confined
 *
 * The template has loaded libarchive, so that a child starts in a fraction of a millisecond. No bytes of a member cross
 * the pipe, only names and codes. When the program ends, however it does, so do the others.
 */
#ifndef ARCHIVE_PROCESS_H
#define ARCHIVE_PROCESS_H

#include <stdbool.h>

#include "archive/archive_request.h"

/* Forks the template. Call it while there is one thread. Returns false, after a message, if archives cannot be read
 * here. */
bool archive_process_start(bool is_sandboxed);

/* Ends the template. */
void archive_process_stop(void);

/* Makes a child read the open archive, which the caller still owns. Any thread may call it. Returns the descriptor from
 * which its records can be read, or -1 and sets errno. */
int archive_process_read(int archive, const struct archive_request *request);

#endif
