/* SPDX-License-Identifier: Apache-2.0 */
/* Reads an archive and hashes its members. This is the code that meets bytes from strangers: it runs in a process of
 * its own, without rights (archive_process.h). */
#ifndef ARCHIVE_READER_H
#define ARCHIVE_READER_H

#include "archive/archive_library.h"
#include "archive/archive_request.h"

/* Reads the archive from one descriptor, and writes records (wire.h) to the other; the last one is WIRE_END. */
void archive_reader_run(const struct archive_library *library, int archive, int pipe,
                        const struct archive_request *request);

#endif
