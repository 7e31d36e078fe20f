/* SPDX-License-Identifier: Apache-2.0 */
/* Adding to the search trees of POSIX (search.h), which own what is added. */
#ifndef SEARCH_TREE_H
#define SEARCH_TREE_H

/* Adds a node unless there is an equal one, and returns the one that is in the tree. NULL if memory is short. */
void *search_tree_add(void **root, void *node, int (*compare)(const void *, const void *));

#endif
