/* SPDX-License-Identifier: Apache-2.0 */
/* A search of an index for one digest. */
#ifndef ISCC_INDEX_QUERY_H
#define ISCC_INDEX_QUERY_H

#include "index/search.h"

/* Tells of every digest within the radius, once. */
void iscc_query_run(struct iscc_search *search);

/* The same by comparing with all digests; leaves out what the first `part_count` parts have found. */
void iscc_query_scan(struct iscc_search *search, size_t part_count);

#endif
