/* SPDX-License-Identifier: Apache-2.0 */
/* FNV-1a of 64 bits: a hash that any other program can compute too. */
#ifndef FNV_H
#define FNV_H

#include <stddef.h>
#include <stdint.h>

/* The offset basis, from which every hash starts. */
#define FNV_START UINT64_C(0xcbf29ce484222325)

/* Continues a hash with more bytes. */
uint64_t fnv_add(uint64_t hash, const void *bytes, size_t size);

#endif
