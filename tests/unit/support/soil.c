/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is not clean. */
#include "soil.h"
#include "support/unit.h"

#include <stdlib.h>

/* Writes that a compiler does not leave out, though nobody reads them. */
static void fill(volatile unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = 0x7f;
}

void soil_memory(size_t size)
{
    unsigned char stack[32768];
    unsigned char *heap = malloc(size + 1);

    assert_non_null(heap);
    fill(stack, sizeof stack);
    fill(heap, size);
    free(heap);
}
