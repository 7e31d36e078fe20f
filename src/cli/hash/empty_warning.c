/* SPDX-License-Identifier: Apache-2.0 */
/* One warning for each tree without content, and one for a run without files. */
#include "hash/empty_warning.h"

#include "util/message.h"

void empty_tree_warning(const struct job *job, struct output *output)
{
    if (job->kind != JOB_TREE || job->failure != 0 || job->code.filesize > 0)
        return;
    output_flush(output);
    message_finding(STATUS_OK, job->path, "no file with any content, so this is the code of no bytes");
}

void empty_run_warning(bool has_lines)
{
    if (!has_lines && status_get() == STATUS_OK)
        message_finding(STATUS_OK, NULL, "nothing to list: no file");
}
