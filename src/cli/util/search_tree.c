/* SPDX-License-Identifier: Apache-2.0 */
/* What tsearch() returns, without the pointer to it. */
#include "util/search_tree.h"

#include <search.h>
#include <stddef.h>

void *search_tree_add(void **root, void *node, int (*compare)(const void *, const void *))
{
    void *const *known = tsearch(node, root, compare);
    return known == NULL ? NULL : *known;
}
