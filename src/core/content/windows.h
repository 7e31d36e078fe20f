/* SPDX-License-Identifier: Apache-2.0 */
/* The windows of a text (ISO 24138 "sliding window"). */
#ifndef ISCC_WINDOWS_H
#define ISCC_WINDOWS_H

#include <stdbool.h>
#include <stddef.h>

struct iscc_windows {
    const char *text;
    size_t size;
    size_t begin; /* the current window */
    size_t end;
};

/* Starts with the first window of UTF-8 text. Each has `width` characters, and begins one character after the one
 * before. A shorter text, even an empty one, is one window. Returns false for a width of less than 2, whose windows
 * would say nothing about the order of characters. */
bool iscc_windows_start(struct iscc_windows *windows, const char *text, size_t size, unsigned width);

/* Moves to the next window. Returns false after the last one. */
bool iscc_windows_next(struct iscc_windows *windows);

#endif
