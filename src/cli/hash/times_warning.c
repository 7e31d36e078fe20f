/* SPDX-License-Identifier: Apache-2.0 */
/* One warning for each run. */
#include "hash/times_warning.h"

#include "util/message.h"

void times_warning(const struct job *job, struct output *output, bool *has_warned)
{
    if (*has_warned || !job_times_are_untrusted(job))
        return;
    *has_warned = true;
    output_flush(output);
    message_finding(STATUS_OK, job->path,
                    "times on this file system do not show every change, and are not used without --trust-times");
}
