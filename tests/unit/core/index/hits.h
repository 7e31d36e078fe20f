/* SPDX-License-Identifier: Apache-2.0 */
/* What a search of an index finds, in the order of the distance. */
#ifndef HITS_H
#define HITS_H

#include <iscc/iscc.h>
#include <stddef.h>

/* The nearest first, and of equally near ones the one with the lowest number. */
void hits_sort(struct iscc_hit *hits, size_t count);

void hits_assert_equal(const struct iscc_hit *hits, const struct iscc_hit *expected, size_t count);

#endif
