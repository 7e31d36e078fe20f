/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the golden trees of tests/data/trees.tsv. */
#ifndef GOLDEN_TREE_H
#define GOLDEN_TREE_H

#include <stdbool.h>
#include <stddef.h>

struct golden_file {
    char path[128];
    char *bytes;
    size_t size;
    bool is_listed;
};

/* The number of rows, checked so that a truncated table is noticed. */
enum { GOLDEN_TREES = 40, GOLDEN_FILES = 452, GOLDEN_FILES_OF_ONE = 24 };

struct golden_tree {
    char name[16];
    char narrow[80];
    char wide[80];
    struct golden_file files[GOLDEN_FILES_OF_ONE]; /* the first entries expected, in order */
    size_t count;
};

/* Reads all trees, or fails the test. */
void golden_trees_read(struct golden_tree trees[GOLDEN_TREES]);
void golden_trees_free(struct golden_tree trees[GOLDEN_TREES]);

#endif
