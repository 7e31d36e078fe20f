/* SPDX-License-Identifier: Apache-2.0 */
/* Splits the path of a job into a root, which every machine can recognize, and a name. */
#include "cluster/offer.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lists/list_name.h"

/* ---- Which jobs ---- */

/* The path of an entry leads to it through the operand, which its root is. */
static bool prepares_entry(struct offering *offering, struct job *job)
{
    struct seen_root *root = &offering->walked;

    if (!job->is_at_path || job->path_size > BATCH_PATH_MAX)
        return false;
    if (root->directory == NULL || root->path_size != job->root || memcmp(root->path, job->path, job->root) != 0)
        seen_root_open_path(root, job->path, job->root);
    if (root->directory == NULL)
        return false;
    directory_release(job->directory);
    job->directory = directory_hold(root->directory);
    job->name = job->root;
    return true;
}

/* Whether a path ends with a name. */
static bool has_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;

    return *name != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

bool offering_prepares(struct offering *offering, struct job *job)
{
    if (job_may_be_archive(job, offering->settings))
        return false;
    if (job->kind == JOB_ENTRY)
        return prepares_entry(offering, job);
    return (job->kind == JOB_OPERAND || job->kind == JOB_LISTED) && job->descriptor < 0 &&
           job->path_size <= BATCH_PATH_MAX && has_name(list_name_path(job->path, job->name));
}

/* ---- Roots ---- */

/* Sets the path of the directory in which a list's names begin, with a slash at its end. */
static bool get_base(const struct directory *base, char path[BATCH_PATH_MAX + 1], size_t *size)
{
    char link[sizeof "/proc/self/fd/" + 3 * sizeof(int)];

    *size = 0;
    if (base == NULL)
        return true;
    snprintf(link, sizeof link, "/proc/self/fd/%d", directory_descriptor(base));
    const ssize_t got = readlink(link, path, BATCH_PATH_MAX);
    if (got <= 0 || got >= BATCH_PATH_MAX || path[0] != '/')
        return false;
    *size = (size_t)got;
    if (path[*size - 1] != '/')
        path[(*size)++] = '/';
    return true;
}

/* Sets the path of the root of a job that is no entry of a walk, up to its last slash, and finds its name. */
static bool get_root_of_named(const struct offering *offering, const struct job *job, char path[BATCH_PATH_MAX + 1],
                              size_t *size, const char **name)
{
    const char *file = list_name_path(job->path, job->name);
    const char *slash = strrchr(file, '/');
    const size_t own = slash == NULL ? 0 : (size_t)(slash + 1 - file);
    const struct directory *base = job->kind == JOB_LISTED && *file != '/' ? offering->settings->base : NULL;

    if (!get_base(base, path, size) || *size + strlen(file) > BATCH_PATH_MAX)
        return false;
    memcpy(path + *size, file, own);
    *size += own;
    *name = file + own;
    return true;
}

static bool find_root(const struct offering *offering, const struct job *job, char path[BATCH_PATH_MAX + 1],
                      size_t *size, const char **name)
{
    if (job->kind != JOB_ENTRY)
        return get_root_of_named(offering, job, path, size, name);
    memcpy(path, job->path, job->root);
    *size = job->root;
    *name = job->path + job->root;
    return true;
}

/* Adds the root to the batch, if it is not the last one there. */
static enum offering_result add_root(struct offering *offering, struct packet *packet, char *path, size_t size)
{
    if (offering->has_root && offering->path_size == size && memcmp(offering->path, path, size) == 0)
        return OFFERING_ADDED;
    path[size] = '\0';
    if (stat(size > 0 ? path : ".", &offering->root) != 0 || !S_ISDIR(offering->root.st_mode))
        return OFFERING_IMPOSSIBLE;
    const struct batch_root root = {.path = path,
                                    .path_size = size,
                                    .inode = offering->root.st_ino,
                                    .modified = offering->root.st_mtim,
                                    .started = offering->started};
    offering->has_root = batch_add_root(packet, &root);
    if (!offering->has_root)
        return OFFERING_FULL;
    memcpy(offering->path, path, size);
    offering->path_size = size;
    return OFFERING_ADDED;
}

/* ---- Batches ---- */

void offering_begin(struct offering *offering, struct packet *packet, uint32_t number)
{
    batch_begin(packet, number);
    offering->has_root = false;
}

/* Whether the file need not be read if it still has the size and the times in the list. */
static bool may_be_known(const struct offering *offering, const struct file_record *listed)
{
    const struct hash_settings *settings = offering->settings;
    struct stat status = {.st_mode = S_IFREG};

    if (settings->is_up_to_date == NULL || !listed->has_times)
        return false;
    status.st_size = (off_t)listed->filesize;
    status.st_mtim = listed->times.modified;
    status.st_ctim = listed->times.changed;
    return settings->is_up_to_date(settings->context, listed, &status);
}

enum offering_result offering_add(struct offering *offering, struct packet *packet, const struct job *job,
                                  dev_t *device)
{
    char path[BATCH_PATH_MAX + 1];
    const struct file_record *listed = job->listed;
    struct batch_job added = {.is_entry = job->kind == JOB_ENTRY};
    size_t size;

    if (!find_root(offering, job, path, &size, &added.name))
        return OFFERING_IMPOSSIBLE;
    const enum offering_result result = add_root(offering, packet, path, size);
    if (result != OFFERING_ADDED)
        return result;
    added.name_size = strlen(added.name);
    if (listed != NULL) {
        added.wants_text = listed->text_bits > 0;
        added.has_times = listed->has_times && listed->has_filesize;
        added.may_be_known = may_be_known(offering, listed);
    }
    if (added.has_times) {
        added.filesize = listed->filesize;
        added.times = listed->times;
    }
    *device = offering->root.st_dev;
    return batch_add_job(packet, &added) ? OFFERING_ADDED : OFFERING_FULL;
}

bool offering_sees_root(const struct offering *offering, const struct job *job, char path[BATCH_PATH_MAX + 1])
{
    struct stat status;
    const char *name;
    size_t size;

    if (!find_root(offering, job, path, &size, &name))
        return false;
    path[size] = '\0';
    if (size == 0)
        memcpy(path, ".", sizeof ".");
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

void offering_free(struct offering *offering)
{
    seen_root_close(&offering->walked);
}
