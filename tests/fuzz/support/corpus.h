/* SPDX-License-Identifier: Apache-2.0 */
/* Many inputs in one file of text, a line for each. */
#ifndef CORPUS_H
#define CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Writes an input as a line: printable ASCII as it is, all else, and what would not be seen, as \xHH. */
void corpus_write(FILE *file, const uint8_t *bytes, size_t size);

/* Reads the next line into memory that grows (`bytes` and `room` begin as NULL and 0; to be freed). False at the end. A
 * line that is not of that form ends the process with a message. */
bool corpus_read(FILE *file, uint8_t **bytes, size_t *room, size_t *size);

#endif
