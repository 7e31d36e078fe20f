/* SPDX-License-Identifier: Apache-2.0 */
/* Finds members of archives by the names in a list. */
#include "check/listed_archives.h"

#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "archive/member_name.h"
#include "hash/open_file.h"
#include "util/failure.h"
#include "util/message.h"
#include "util/search_tree.h"

static int compare_paths(const void *a, const void *b)
{
    return strcmp(((const struct listed_archive *)a)->path, ((const struct listed_archive *)b)->path);
}

static void free_members(struct listed_archive *archive)
{
    catalogue_free(&archive->members);
    free(archive->by_name);
    free(archive->next);
    archive->by_name = NULL;
    archive->next = NULL;
}

void listed_archives_free(struct listed_archives *archives)
{
    while (archives->by_path != NULL) {
        struct listed_archive *archive = *(struct listed_archive **)archives->by_path;
        tdelete(archive, &archives->by_path, compare_paths);
        free_members(archive);
        free(archive->path);
        free(archive);
    }
}

static bool is_of(const struct listed_archive *archive, const char *name)
{
    return archive != NULL && strncmp(name, archive->path, archive->path_size) == 0 &&
           strncmp(name + archive->path_size, "!/", 2) == 0;
}

/* A line that says why an archive could not be read has its name alone, and a missing archive has the longest. */
static size_t path_size_of(const struct directory *base, const struct file_record *line, size_t prefix_size)
{
    const size_t size = member_name_archive(base, line->name, prefix_size);
    const char *mark = strstr(line->name, "!/");

    if (size > 0)
        return size;
    return mark == NULL ? line->name_size : (size_t)(mark - line->name);
}

struct listed_archive *listed_archives_of(struct listed_archives *archives, const struct directory *base,
                                          const struct file_record *line, size_t prefix_size, bool *is_new)
{
    *is_new = false;
    if (is_of(archives->last, line->name))
        return archives->last;
    struct listed_archive *archive = calloc(1, sizeof *archive);
    if (archive == NULL)
        return NULL;
    archive->path_size = path_size_of(base, line, prefix_size);
    archive->path = strndup(line->name, archive->path_size);
    struct listed_archive *known =
        archive->path == NULL ? NULL : search_tree_add(&archives->by_path, archive, compare_paths);
    *is_new = known == archive;
    if (!*is_new) {
        free(archive->path);
        free(archive);
    }
    if (known != NULL)
        archives->last = known;
    return known;
}

/* ---- Members ---- */

static bool add_members(struct listed_archive *archive, struct archive_pass *pass, struct output *output)
{
    struct file_record member;

    while (archive_pass_next(pass, &member)) {
        if (member.failure != 0 && member.member.entry == 0) {
            output_flush(output);
            message_error(member.name, failure_text(member.failure));
        }
        if (member.failure != 0 && member.name_size == archive->path_size)
            archive->failure = member.failure;
        if (!catalogue_add(&archive->members, &member))
            return false;
    }
    return true;
}

void listed_archive_fill(struct listed_archive *archive, struct archive_pass *pass, int failure, struct output *output)
{
    free_members(archive);
    archive->failure = failure;
    const bool has_memory = pass == NULL || add_members(archive, pass, output);
    archive->by_name = catalogue_by_name(&archive->members);
    archive->next = calloc(archive->members.count + 1, sizeof *archive->next);
    if (!has_memory || archive->by_name == NULL || archive->next == NULL) {
        free_members(archive);
        archive->failure = ENOMEM;
    }
}

/* The first of these members, which have ascending entries, from this entry on. */
static size_t find_entry(const struct listed_archive *archive, size_t first, size_t end, uint64_t entry)
{
    while (first < end) {
        const size_t middle = first + (end - first) / 2;
        if (archive->by_name[middle]->member.entry < entry)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

/* Of several members of one name. catalogue_by_name() sorts those that failed behind the others. */
static size_t choose(const struct listed_archive *archive, size_t first, size_t end, const struct file_record *line)
{
    const uint64_t entry = line->member.entry;
    size_t failed = first;

    for (size_t high = end; failed < high;) {
        const size_t middle = failed + (high - failed) / 2;
        if (archive->by_name[middle]->failure == 0)
            failed = middle + 1;
        else
            high = middle;
    }
    const size_t good = find_entry(archive, first, failed, entry);
    const size_t bad = find_entry(archive, failed, end, entry);
    if (entry > 0 && good < failed && archive->by_name[good]->member.entry == entry)
        return good;
    if (entry > 0 && bad < end && archive->by_name[bad]->member.entry == entry)
        return bad;
    return first + archive->next[first];
}

/* The end of the members of a name, of which there are rarely two and, in a hostile archive, very many. */
static size_t end_of_name(const struct listed_archive *archive, size_t first, const char *name)
{
    const size_t count = archive->by_name == NULL ? 0 : archive->members.count;
    size_t end = count;

    while (first < end) {
        const size_t middle = first + (end - first) / 2;
        if (strcmp(archive->by_name[middle]->name, name) <= 0)
            first = middle + 1;
        else
            end = middle;
    }
    return end;
}

/* Returns 0 or a failure. */
static int find_member(struct listed_archive *archive, const struct file_record *line, struct file_record *found)
{
    const int missing = archive->failure != 0 ? archive->failure : ENOENT;
    const size_t count = archive->by_name == NULL ? 0 : archive->members.count;
    size_t first = 0;

    for (size_t high = count; first < high;) {
        const size_t middle = first + (high - first) / 2;
        if (strcmp(archive->by_name[middle]->name, line->name) < 0)
            first = middle + 1;
        else
            high = middle;
    }
    const size_t end = end_of_name(archive, first, line->name);
    const size_t index = first < end ? choose(archive, first, end, line) : end;
    if (first < end)
        archive->next[first]++;
    if (index >= end)
        return missing;
    *found = *archive->by_name[index];
    return found->failure;
}

void listed_archive_find(struct listed_archive *archive, struct job *job)
{
    const struct file_record *line = job->listed;
    struct file_record found;

    job->failure = find_member(archive, line, &found);
    if (line->failure != 0 && job->failure == ENOENT && line->member.archive_size == line->name_size)
        job->failure = 0; /* the archive can be read to its end now */
    if (job->failure != 0 || line->failure != 0)
        return;
    file_record_code(&found, true, &job->code);
    file_record_text_code(&found, job->text_code);
}

void listed_archive_read_again(struct listed_archive *archive, const struct archive_settings *settings,
                               const struct directory *base, size_t prefix_size, struct output *output)
{
    struct job job = {.descriptor = -1};
    const struct hash_settings hash = {.flags = ISCC_WIDE, .archives = settings, .base = base};

    job_set(&job, JOB_ARCHIVE, archive->path, archive->path_size, 0);
    job.name = job.path == NULL ? 0 : prefix_size;
    job_open(&job, &hash);
    if (job.failure == 0)
        job.members =
            archive_pass_start(job.descriptor, &job.status, job.path, job.path_size, settings, ISCC_WIDE, true, 0);
    listed_archive_fill(archive, job.members, job.failure == 0 && job.members == NULL ? ENOMEM : job.failure, output);
    archive->has_texts = true;
    job_free(&job);
}
