/* SPDX-License-Identifier: Apache-2.0 */
/* The table of a part of an index as it must be, bit by bit. */
#ifndef TABLE_MODEL_H
#define TABLE_MODEL_H

#include "index/index.h"

struct table_entry {
    uint32_t key;
    uint32_t number;
    uint32_t sketch;
};

/* The entries of all digests, by their keys and then by their numbers. */
void table_model_fill(const iscc_index *index, const struct iscc_part *part, struct table_entry entries[]);

#endif
