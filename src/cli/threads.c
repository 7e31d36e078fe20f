/* SPDX-License-Identifier: Apache-2.0 */
/* A number of threads that makes sense. */
#include "threads.h"

#include "message.h"
#include "number.h"

enum { THREADS_MAX = 1024 };

bool threads_parse(const char *command, const char *value, int *threads)
{
    uint64_t number;

    if (!number_parse(value, 1, THREADS_MAX, &number)) {
        message_usage(command, "invalid number of threads: '%s' (1 to %d)", value, THREADS_MAX);
        return false;
    }
    *threads = (int)number;
    return true;
}
