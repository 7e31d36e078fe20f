/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the golden streams of tests/data/sum.tsv. */
#ifndef VECTORS_H
#define VECTORS_H

#include <iscc/iscc.h>
#include <stddef.h>
#include <stdint.h>

struct vector {
    char name[32];
    char pattern[16];
    size_t size;
    uint64_t seed;
    char datahash[ISCC_DATAHASH_SIZE];
    char data_code[ISCC_CODE_SIZE];
    char instance_code[ISCC_CODE_SIZE];
    char narrow[ISCC_CODE_SIZE];
    char wide[ISCC_CODE_SIZE];
};

/* The rows there are: a table that lost some does not go unnoticed. */
enum { VECTORS = 187 };

/* Reads the whole table, or fails the test. */
void vectors_read(struct vector vectors[VECTORS]);

/* The stream's bytes in memory of exactly their size, so that a sanitizer sees a read beyond them. To be freed. */
uint8_t *vector_bytes(const struct vector *vector);

#endif
