/* SPDX-License-Identifier: Apache-2.0 */
/* Says in one line how far a run is. */
#ifndef PROGRESS_TEXT_H
#define PROGRESS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress_state {
    uint64_t files; /* done, whatever came of them */
    uint64_t bytes; /* of these files, whether they were read or not; of one that failed, what a list says */
    uint64_t bytes_read;
    bool has_total; /* all files have been counted */
    uint64_t total_files;
    uint64_t total_bytes; /* 0 if no size is known */
    double seconds;       /* since the start */
};

enum { PROGRESS_TEXT_SIZE = 128, SIZE_TEXT_SIZE = 16 };

/* Writes "37 % 112/300 files, 1.1 GB/s, 0:14 left", or, without a total, "112 files, 1.7 GB, 1.1 GB/s". */
void progress_text(char text[PROGRESS_TEXT_SIZE], const struct progress_state *state);

/* Writes a number of bytes in decimal units: "0 B", "999 B", "1.0 kB", "112 MB". */
void size_text(char text[SIZE_TEXT_SIZE], double bytes);

#endif
