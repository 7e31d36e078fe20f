/* SPDX-License-Identifier: Apache-2.0 */
/* A private directory tree for tests of the walk, and what a walk of it must find. */
#ifndef TREE_H
#define TREE_H

#include <stdbool.h>
#include <stddef.h>

/* Set-up and tear-down of a test: make an empty tree below TMPDIR, and remove it however deep it is. */
int tree_make(void **state);
int tree_remove(void **state);

/* A new descriptor of the tree's root, and the path of the root. */
int tree_open(void);
const char *tree_root(void);

/* The path of a file in the tree, valid until the next call. */
const char *tree_path(const char *relative);

/* Makes a directory, or a file with its parent directories. */
void tree_directory(const char *relative);
void tree_write(const char *relative, const void *bytes, size_t size);
void tree_file(const char *relative, const char *text);

/* Entries a walk must find: paths in order; `error` as in struct walk_entry. */
struct found {
    const char *path;
    int error;
};

struct walk;

/* Asserts that the walk continues with these entries, that the members of each entry are consistent, and, with
 * `is_end`, that the walk ends after them. */
void assert_walk_goes_on(struct walk *walk, const struct found *expected, size_t count, bool is_end);

/* The same for a whole walk of the directory open at `descriptor`. */
void assert_walk(int descriptor, const char *prefix, const struct found *expected, size_t count);

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ASSERT_FOUND(...)                                                                                              \
    do {                                                                                                               \
        const struct found expected_[] = {__VA_ARGS__};                                                                \
        assert_walk(tree_open(), "", expected_, COUNT(expected_));                                                     \
    } while (0)

#endif
