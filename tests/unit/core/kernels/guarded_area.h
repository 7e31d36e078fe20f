/* SPDX-License-Identifier: Apache-2.0 */
/* Memory between two pages that may not be touched, and all kernels to run there. */
#ifndef GUARDED_AREA_H
#define GUARDED_AREA_H

#include <stddef.h>
#include <stdint.h>

#include "kernels/kernels.h"

/* Every table that this machine can run. */
#define FOR_EACH_TABLE(table)                                                                                          \
    for (size_t table_ = 0; iscc_kernels_available(table_) != NULL; table_++)                                          \
        for (const struct iscc_kernels *table = iscc_kernels_available(table_); table != NULL; table = NULL)

/* `size` is a multiple of the size of a page. Returns NULL if the system refuses. */
uint8_t *guarded_area_map(size_t size);
int guarded_area_unmap(uint8_t *area, size_t size);

#endif
