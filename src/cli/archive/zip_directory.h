/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a zip file, which says how many members there are. libarchive does not compare. */
#ifndef ZIP_DIRECTORY_H
#define ZIP_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "archive/byte_source.h"

struct zip_directory {
    uint64_t count;      /* of members */
    bool count_is_short; /* only its last 16 bits are known */
    void *cut_names;     /* search tree of the names that contain NUL, where libarchive cuts them */
};

/* Reads the end of a file or of memory, and the names. Returns 0 or a failure. Free the directory in either case. */
int zip_directory_read(const struct byte_source *source, struct zip_directory *directory);
void zip_directory_free(struct zip_directory *directory);

/* Reads a number whose lowest byte comes first, as in zip and 7z. */
uint64_t zip_number(const unsigned char *bytes, size_t size);

/* Whether a name may have been longer than libarchive says. */
bool zip_directory_cuts(const struct zip_directory *directory, const char *name);

#endif
