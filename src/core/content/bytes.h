/* SPDX-License-Identifier: Apache-2.0 */
/* A growing array of bytes. */
#ifndef ISCC_BYTES_H
#define ISCC_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero if empty; the owner frees `data`. */
struct iscc_bytes {
    uint8_t *data;
    size_t size;
    size_t capacity;
};

/* Grows an array of elements of `element` bytes so that it has room for `count`, and sets `capacity` to the number that
 * there is room for. Returns the array, or NULL if memory runs out; the old one is then still valid. */
void *iscc_grow(void *array, size_t *capacity, size_t count, size_t element);

/* Appends bytes. Returns false if memory runs out. */
bool iscc_bytes_append(struct iscc_bytes *bytes, const void *data, size_t size);

#endif
