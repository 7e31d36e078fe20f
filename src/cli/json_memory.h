/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for cJSON, which cannot tell itself why it gave up: whether a text is wrong, too large or memory is short. */
#ifndef JSON_MEMORY_H
#define JSON_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Makes cJSON take its memory here. No other thread may use it meanwhile. */
void json_memory_install(void);

/* From here on cJSON gets no more than `most` bytes on this thread; what it gives back is not counted. */
void json_memory_limit(size_t most);

/* Ends that. Returns whether memory was short below the limit. */
bool json_memory_unlimit(void);

#endif
