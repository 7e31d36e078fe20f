/* SPDX-License-Identifier: Apache-2.0 */
/* Maps memory with a guard page on either side. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "core/kernels/guarded_area.h"

#include <sys/mman.h>
#include <unistd.h>

uint8_t *guarded_area_map(size_t size)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uint8_t *mapped = mmap(NULL, size + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (mapped == MAP_FAILED)
        return NULL;
    return mprotect(mapped + page, size, PROT_READ | PROT_WRITE) == 0 ? mapped + page : NULL;
}

int guarded_area_unmap(uint8_t *area, size_t size)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);

    return munmap(area - page, size + 2 * page);
}
