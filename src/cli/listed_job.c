/* SPDX-License-Identifier: Apache-2.0 */
/* Names of lists become jobs. */
#include "listed_job.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "place.h"

/* A tree is opened at once, as that of an operand is. */
static void set_tree(struct job *job, const struct directory *base, const char *name, size_t size)
{
    struct place place;
    int descriptor = -1;
    int failure = place_find(&place, base, name, size);

    if (failure == 0) {
        descriptor = openat(place.directory, place.name, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
        failure = descriptor < 0 ? errno : 0;
        place_leave(&place);
    }
    job_set(job, JOB_TREE, name, size, failure);
    job->descriptor = descriptor;
}

void listed_job_set(struct job *job, const struct directory *base, const char *name, size_t size)
{
    if (name[size - 1] == '/')
        set_tree(job, base, name, size);
    else
        job_set(job, strcmp(name, "-") == 0 ? JOB_STDIN : JOB_LISTED, name, size, 0);
}
