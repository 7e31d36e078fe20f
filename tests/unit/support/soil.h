/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is not clean, so that what is read of it before it is written shows. */
#ifndef SOIL_H
#define SOIL_H

#include <stddef.h>

/* Leaves what looks like great numbers of all types on the stack, and in a block of so many bytes on the heap, which
 * the next calls get. */
void soil_memory(size_t size);

#endif
