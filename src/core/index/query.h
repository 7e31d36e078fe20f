/* SPDX-License-Identifier: Apache-2.0 */
/* A search of an index for one digest. */
#ifndef ISCC_INDEX_QUERY_H
#define ISCC_INDEX_QUERY_H

#include "index/search.h"

/* Reports every digest within the radius, each once. */
void iscc_query_run(struct iscc_search *search);

/* Reports them by a scan of all digests, except those that the first `part_count` parts have already found. */
void iscc_query_scan(struct iscc_search *search, size_t part_count);

#endif
