/* SPDX-License-Identifier: Apache-2.0 */
/* Raises RLIMIT_NOFILE. */
#include "util/descriptor_limit.h"

#include <sys/resource.h>

enum { UNKNOWN = 1024, MOST = 1000000 };

size_t descriptor_limit_raise(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return UNKNOWN;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > MOST)
        return MOST;
    return (size_t)limit.rlim_cur;
}
