/* SPDX-License-Identifier: Apache-2.0 */
/* Grows arrays by doubling. */
#include "content/bytes.h"

#include <stdlib.h>
#include <string.h>

void *iscc_grow(void *array, size_t *capacity, size_t count, size_t element)
{
    size_t wanted = *capacity > 0 ? *capacity : 64;

    if (count <= *capacity)
        return array;
    while (wanted < count)
        wanted = wanted <= SIZE_MAX / 2 ? 2 * wanted : count;
    if (wanted > SIZE_MAX / element)
        return NULL;
    void *grown = realloc(array, wanted * element);
    if (grown != NULL)
        *capacity = wanted;
    return grown;
}

bool iscc_bytes_append(struct iscc_bytes *bytes, const void *data, size_t size)
{
    if (size > SIZE_MAX - bytes->size)
        return false;
    uint8_t *grown = iscc_grow(bytes->data, &bytes->capacity, bytes->size + size, 1);
    if (grown == NULL)
        return size == 0;
    bytes->data = grown;
    if (size > 0)
        memcpy(grown + bytes->size, data, size);
    bytes->size += size;
    return true;
}
