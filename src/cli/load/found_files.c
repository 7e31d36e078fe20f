/* SPDX-License-Identifier: Apache-2.0 */
/* Lists files on all threads, and meanwhile reads the first bytes of those that share a size. */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "files/long_path.h"
#include "hash/engine.h"
#include "lists/list_name.h"
#include "load/heads.h"
#include "load/load_copies.h"
#include "util/failure.h"

/* Sizes below this have a flag each. Most files are that small; the heads of the others are read after the listing. */
enum { SMALL_SIZE = 64 * 1024 };

struct listing {
    struct load *load;
    struct source *source;
    atomic_bool *sizes; /* SMALL_SIZE flags: whether there is a file of this size */
};

/* ---- On any thread ---- */

/* Returns 0 or a failure. */
static int get_status(struct job *job)
{
    int failure = 0;

    if (job->kind == JOB_ENTRY)
        failure = directory_stat(job->directory, job->path + job->name, &job->status);
    else if (long_path_stat(NULL, list_name_path(job->path, job->name), &job->status) != 0)
        failure = errno;
    return failure == 0 && !S_ISREG(job->status.st_mode) ? FAILURE_CHANGED : failure;
}

/* Another name of a file has its size too, but is no reason to read it. */
static bool shares_size(const struct listing *listing, const struct stat *status)
{
    return status->st_size > 0 && status->st_size < SMALL_SIZE && status->st_nlink == 1 &&
           atomic_exchange_explicit(&listing->sizes[status->st_size], true, memory_order_relaxed);
}

/* Neither the size nor the identity of standard input is known. */
static void examine(const void *context, struct job *job)
{
    const struct listing *listing = context;
    const struct output *output = listing->load->hash.output;

    job->has_head = false;
    job->status = (struct stat){.st_size = 0};
    if (job->kind == JOB_STREAM)
        return;
    job->failure = get_status(job);
    if (job->failure != 0)
        return;
    if (job->kind == JOB_ENTRY && output != NULL && output_owns(output, &job->status))
        job->kind = JOB_SKIPPED;
    else if (job->kind == JOB_ENTRY && shares_size(listing, &job->status))
        job->has_head = head_read(directory_descriptor(job->directory), job->path + job->name,
                                  (uint64_t)job->status.st_size, &job->head);
}

/* ---- In order ---- */

static bool next(void *context, struct job *job)
{
    return source_next(((const struct listing *)context)->source, job);
}

static void add_file(struct load *load, const struct job *job)
{
    struct file_record file = {.name = job->path,
                               .name_size = job->path_size,
                               .flags = (uint8_t)load->hash.flags,
                               .filesize = (uint64_t)job->status.st_size,
                               .identity = file_identity_of(&job->status),
                               .head = job->head,
                               .has_filesize = job->status.st_mode != 0,
                               .has_identity = job->status.st_mode != 0,
                               .has_head = job->has_head};

    if (file.has_filesize && file.filesize == 0 && !load->keeps_empty)
        return;
    load_set_operand(load, &file, job->operand);
    if (!catalogue_add(load->catalogue, &file)) {
        load->is_broken = true;
        load_report(load, NULL, ENOMEM);
    }
}

static void add_result(void *context, struct job *job)
{
    struct load *load = ((struct listing *)context)->load;

    if (job->kind == JOB_SKIPPED || load->is_broken)
        return;
    load->is_broken = job->path == NULL; /* without a name, any file may be missing */
    if (job->failure != 0)
        load_report(load, job_failed_path(job), job->failure);
    else
        add_file(load, job);
}

static bool flush(void *context)
{
    return !((const struct listing *)context)->load->is_broken;
}

bool load_found_files(struct load *load, const struct operands *operands)
{
    struct listing listing = {.load = load,
                              .source = source_open(operands, load->source),
                              .sizes = calloc(SMALL_SIZE, sizeof *listing.sizes)};
    const struct hash_settings settings = {.examine = examine, .context = &listing};
    const struct engine_work work = {.next = next, .print = add_result, .flush = flush, .context = &listing};

    load->is_broken = listing.source == NULL;
    if (listing.source != NULL && listing.sizes == NULL) {
        load->is_broken = true;
        load_report(load, NULL, ENOMEM);
    }
    if (!load->is_broken && !engine_run(&work, &settings, load->threads))
        load->is_broken = true;
    source_close(listing.source);
    free(listing.sizes);
    return !load->is_broken;
}
