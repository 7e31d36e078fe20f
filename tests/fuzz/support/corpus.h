/* SPDX-License-Identifier: Apache-2.0 */
/* A corpus: one text file with one input per line. */
#ifndef CORPUS_H
#define CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Writes an input as a line: printable ASCII as it is, everything else, and invisible blanks, as \xHH. */
void corpus_write(FILE *file, const uint8_t *bytes, size_t size);

/* Reads the next line into memory that grows (`bytes` and `room` start as NULL and 0; the caller frees it). Returns
 * false at the end. A malformed line ends the process with a message. */
bool corpus_read(FILE *file, uint8_t **bytes, size_t *room, size_t *size);

#endif
