/* SPDX-License-Identifier: Apache-2.0 */
/* What is wanted of an archive. */
#ifndef ARCHIVE_REQUEST_H
#define ARCHIVE_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

enum { ARCHIVE_NAME_SIZE = 256 };

struct archive_request {
    uint64_t size;                /* of its file */
    uint64_t limit;               /* bytes that it may unpack to */
    unsigned depth;               /* how many archives deep */
    bool text;                    /* Text-Codes too */
    char name[ARCHIVE_NAME_SIZE]; /* of its file, without folders: a compressed file's member is called after it */
};

#endif
