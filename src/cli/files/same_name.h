/* SPDX-License-Identifier: Apache-2.0 */
/* Names that people take for one: they differ only in Unicode normalization or in letter case. */
#ifndef SAME_NAME_H
#define SAME_NAME_H

#include <stddef.h>
#include <stdint.h>

enum same_name {
    SAME_NAME_NONE, /* they differ otherwise, or not at all */
    SAME_NAME_NFC,  /* their NFC forms are equal */
    SAME_NAME_CASE  /* those are, without letter case */
};

/* Compares two paths. Also SAME_NAME_NONE if memory is short. */
enum same_name same_name_compare(const char *a, const char *b);

/* A hash that two names share if same_name_compare() does not return SAME_NAME_NONE. */
uint64_t same_name_hash(const char *name);

/* How much of the file system has been looked at. Initialize to zeros. */
struct same_name_search {
    size_t entries;
};

/* Says what is there instead of a missing file: "'NAME' differs only in letter case". The path is relative to the
 * directory. Returns NULL if there is nothing like it, or if the search has come to its limit, 100,000 entries of
 * directories. The caller frees the text. */
char *same_name_hint(struct same_name_search *search, int directory, const char *path);

#endif
