/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that keeps count, on each thread by itself: one may read a list while another writes verdicts. */
#include "json_memory.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

/* No allocation costs more than this beyond its size: a header, and the rounding to what malloc gives at least. */
enum { OVERHEAD = 32 };

static _Thread_local struct {
    bool is_limited;
    bool is_short;
    size_t left;
} memory;

static void *allocate(size_t size)
{
    if (memory.is_limited) {
        if (memory.left < OVERHEAD || memory.left - OVERHEAD < size)
            return NULL;
        memory.left -= size + OVERHEAD;
    }
    void *allocated = malloc(size);
    if (allocated == NULL)
        memory.is_short = true;
    return allocated;
}

void json_memory_install(void)
{
    cJSON_Hooks hooks = {.malloc_fn = allocate, .free_fn = free};
    cJSON_InitHooks(&hooks);
}

void json_memory_limit(size_t most)
{
    memory.is_limited = true;
    memory.is_short = false;
    memory.left = most;
}

bool json_memory_unlimit(void)
{
    memory.is_limited = false;
    return memory.is_short;
}
