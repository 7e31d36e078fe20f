/* SPDX-License-Identifier: Apache-2.0 */
/* Makes jobs of lines and paths: docs/update.md, U1 to U3 and U6. */
#include "update/update_plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/long_path.h"
#include "hash/count.h"
#include "lists/list_name.h"
#include "progress/progress.h"
#include "util/message.h"

size_t update_plan_index(const struct update_plan *plan, const struct file_record *line)
{
    return (size_t)(line - plan->list->files);
}

static bool fail_no_memory(struct update_plan *plan)
{
    plan->has_failed = true;
    message_error(NULL, strerror(ENOMEM));
    return false;
}

static bool is_stdin(const char *name)
{
    return strcmp(name, "-") == 0;
}

static char *full_name_of(const struct update_plan *plan, const char *name)
{
    return full_name(&plan->names.current, name, strlen(name));
}

/* Adds the full name, so that no spelling of a name makes a difference. */
static bool add_full_name(const struct update_plan *plan, struct path_set *set, const char *name)
{
    char *full = full_name_of(plan, name);
    const bool is_added = full != NULL && path_set_add(set, full);

    free(full);
    return is_added;
}

/* The number of the PATH that a full name belongs to, or the number of PATHs if there is none. A PATH below another one
 * has no lines (U1). */
static size_t path_of(const struct update_plan *plan, const char *full)
{
    size_t path = path_set_find(&plan->paths, full);
    size_t above = path;

    while (above < plan->operand_count) {
        path = above;
        above = path_set_find_ancestor(&plan->paths, plan->full_paths[path]);
    }
    return path;
}

static bool collect_paths(struct update_plan *plan)
{
    for (size_t i = 0; i < plan->operand_count; i++) {
        plan->full_paths[i] = full_name_of(plan, plan->operands[i]);
        if (plan->full_paths[i] == NULL || !path_set_add(&plan->paths, plan->full_paths[i]))
            return false;
    }
    path_set_sort(&plan->paths);
    return true;
}

/* Without PATH, standard input is not counted, because its line stays anyway. */
static bool examine_line(struct update_plan *plan, const struct file_record *line)
{
    size_t *path = &plan->line_paths[update_plan_index(plan, line)];

    *path = plan->operand_count;
    if (is_stdin(line->name))
        return true;
    char *full = full_name_of(plan, line->name);
    if (full == NULL)
        return false;
    *path = path_of(plan, full);
    plan->path_lines[*path].count++;
    const bool is_done = line->failure == 0 || path_set_add(&plan->failed, full);
    free(full);
    return is_done;
}

static bool examine_lines(struct update_plan *plan)
{
    for (size_t i = 0; i < plan->list->count; i++)
        if (!examine_line(plan, &plan->list->files[i]))
            return false;
    path_set_sort(&plan->failed);
    return true;
}

/* U11: a PREFIX that no name has is mistyped, and the files looked up would not be those that were meant. Returns false
 * after a message. */
static bool prefix_is_used(struct update_plan *plan)
{
    const char *prefix = plan->source_settings->strip;
    size_t i = 0;

    if (prefix == NULL || plan->list->count == 0)
        return true;
    while (i < plan->list->count && list_name_prefix_size(plan->list->files[i].name, prefix) == 0)
        i++;
    plan->has_failed = i == plan->list->count;
    if (plan->has_failed)
        message_finding(STATUS_TROUBLE, NULL, "no name begins with '%.200s', the PREFIX of --strip", prefix);
    return !plan->has_failed;
}

bool update_plan_make(struct update_plan *plan)
{
    plan->is_planned = calloc(plan->list->count + 1, sizeof *plan->is_planned);
    plan->is_started = calloc(plan->operand_count + 1, sizeof *plan->is_started);
    plan->path_lines = calloc(plan->operand_count + 1, sizeof *plan->path_lines);
    plan->line_paths = calloc(plan->list->count + 1, sizeof *plan->line_paths);
    plan->full_paths = calloc(plan->operand_count + 1, sizeof *plan->full_paths);
    plan->again = *plan->source_settings;
    plan->again.keeps_operands = true; /* the list has them */
    plan->bare = *plan->source_settings;
    plan->bare.names_are_bare = true;
    if (plan->is_planned == NULL || plan->is_started == NULL || plan->path_lines == NULL || plan->line_paths == NULL ||
        plan->full_paths == NULL || !line_names_make(&plan->names, plan->list) || !collect_paths(plan) ||
        !examine_lines(plan))
        return fail_no_memory(plan);
    return prefix_is_used(plan);
}

void update_plan_skip_members(struct update_plan *plan, const struct member_lines *members)
{
    const struct file_record *files = plan->list->files;

    for (size_t i = 0; i < plan->list->count; i++)
        for (const struct file_record *line = NULL;
             !files[i].is_member && (line = member_lines_next(members, &files[i], line)) != NULL;)
            plan->is_planned[update_plan_index(plan, line)] = true;
}

void update_plan_free(struct update_plan *plan)
{
    source_close(plan->source);
    path_set_free(&plan->paths);
    path_set_free(&plan->unreadable);
    path_set_free(&plan->failed);
    line_names_free(&plan->names);
    for (size_t i = 0; plan->full_paths != NULL && i < plan->operand_count; i++)
        free(plan->full_paths[i]);
    free(plan->full_paths);
    free(plan->spelled);
    free(plan->line_paths);
    free(plan->is_planned);
    free(plan->is_started);
    free(plan->path_lines);
}

/* Makes the job of a line that stays as it is. */
static void keep_line(struct update_plan *plan, struct job *job, const struct file_record *line)
{
    job_set(job, JOB_KNOWN, line->name, line->name_size, 0);
    job->failure = 0; /* if memory was short for the path, that does not matter: it is not used */
    job->listed = line;
    plan->is_planned[update_plan_index(plan, line)] = true;
}

/* Starts to walk a PATH, spelled as the list spells it. */
static void walk_path(struct update_plan *plan, size_t number)
{
    const struct operands one = {.arguments = &plan->source_operand, .count = 1};

    free(plan->spelled);
    plan->spelled = line_names_spell(&plan->names, plan->operands[number]);
    if (plan->spelled == NULL) {
        fail_no_memory(plan);
        return;
    }
    plan->source_operand = *plan->spelled == '\0' ? "." : plan->spelled;
    plan->source = source_open(&one, *plan->spelled == '\0' ? &plan->bare : plan->source_settings);
    plan->source_path = number;
    plan->has_failed = plan->source == NULL;
}

/* U1: a path below another one needs no walk of its own. */
static void start_path(struct update_plan *plan, size_t number)
{
    const char *full = plan->full_paths[number];

    if (plan->is_started[number])
        return;
    plan->is_started[number] = true;
    if (path_set_find(&plan->paths, full) >= number && path_set_find_ancestor(&plan->paths, full) == plan->paths.count)
        walk_path(plan, number);
}

static bool is_directory(const char *name)
{
    struct stat status;
    return long_path_stat(NULL, name, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Starts to walk a directory that could not be read when the list was made (U3). */
static void walk_again(struct update_plan *plan, const struct file_record *line)
{
    const struct operands one = {.arguments = &line->name, .count = 1};

    plan->source = source_open(&one, &plan->again);
    plan->source_path = plan->line_paths[update_plan_index(plan, line)];
    plan->has_failed = plan->source == NULL;
}

/* Goes on to the next line of the old list. Returns whether it made a job. */
static bool plan_line(struct update_plan *plan, struct job *job)
{
    const struct file_record *line = &plan->list->files[plan->next_line++];
    const size_t path = plan->line_paths[update_plan_index(plan, line)];
    const size_t prefix_size = list_name_prefix_size(line->name, plan->source_settings->strip);

    if (plan->is_planned[update_plan_index(plan, line)])
        return false;
    if (path < plan->paths.count) {
        start_path(plan, path);
        return false;
    }
    if (plan->paths.count > 0 || is_stdin(line->name) || line->is_member) {
        keep_line(plan, job, line);
        return true;
    }
    if (line->failure != 0 && is_directory(list_name_path(line->name, prefix_size))) {
        walk_again(plan, line);
        return false;
    }
    job_set_listed(job, NULL, line->name, line->name_size, prefix_size);
    job->listed = line;
    plan->is_planned[update_plan_index(plan, line)] = true;
    return true;
}

/* Whether the job is a PATH that is missing, and its lines are to go. */
static bool is_emptied(const struct update_plan *plan, const struct job *job)
{
    return plan->allows_empty && plan->operand_count > 0 && job->kind == JOB_OPERAND &&
           (job->failure == ENOENT || job->failure == ENOTDIR) && plan->path_lines[plan->source_path].count > 0;
}

/* Finds the line for a job of the source. Returns false, after a message or if nothing is to be done, if the job is to
 * be freed. */
static bool find_line(struct update_plan *plan, struct job *job)
{
    if (is_emptied(plan, job))
        return false;
    if (job->path == NULL || (job->failure != 0 && !add_full_name(plan, &plan->unreadable, job->path)) ||
        !line_names_find(&plan->names, job->path, &job->listed))
        return fail_no_memory(plan);
    plan->path_lines[plan->source_path].has_files |= job->kind == JOB_ENTRY;
    if (job->listed != NULL && job->listed->is_member)
        job->listed = NULL;
    if (job->listed == NULL)
        return true;
    bool *is_planned = &plan->is_planned[update_plan_index(plan, job->listed)];
    if (*is_planned) /* a directory that is walked again has a file with a line of its own */
        return false;
    *is_planned = true;
    return job->kind != JOB_ENTRY || job_respell(job, job->listed->name, job->listed->name_size) ||
           fail_no_memory(plan);
}

/* Whether a line is at or below a path that could not be read. */
static bool is_below_unreadable(struct update_plan *plan, const struct file_record *line)
{
    char *full = full_name_of(plan, line->name);
    const bool is_below = full != NULL && path_set_find(&plan->unreadable, full) < plan->unreadable.count;

    if (full == NULL)
        fail_no_memory(plan);
    free(full);
    return is_below;
}

/* U6: keeps the next line below a path that could not be read. Returns whether it made a job. */
static bool plan_below_unreadable(struct update_plan *plan, struct job *job)
{
    if (plan->unreadable.count == 0)
        return false;
    if (plan->next_below_unreadable == 0)
        path_set_sort(&plan->unreadable);
    while (plan->next_below_unreadable < plan->list->count) {
        const size_t number = plan->next_below_unreadable++;
        const struct file_record *line = &plan->list->files[number];
        if (plan->is_planned[number] || is_stdin(line->name) || !is_below_unreadable(plan, line))
            continue;
        keep_line(plan, job, line);
        return true;
    }
    return false;
}

bool update_plan_next(struct update_plan *plan, struct job *job)
{
    while (!plan->has_failed) {
        if (plan->source != NULL) {
            if (source_next(plan->source, job)) {
                if (find_line(plan, job))
                    return true;
                job_free(job);
                continue;
            }
            source_close(plan->source);
            plan->source = NULL;
        } else if (plan->next_line < plan->list->count) {
            if (plan_line(plan, job))
                return true;
        } else if (plan->next_path < plan->paths.count) {
            start_path(plan, plan->next_path++);
        } else {
            return plan_below_unreadable(plan, job);
        }
    }
    return false;
}

/* Lines that belong to no PATH have a job each. */
bool update_plan_count(const struct update_plan *plan)
{
    const struct operands paths = {.arguments = plan->operands, .count = (int)plan->operand_count};

    for (size_t i = 0; i < plan->list->count; i++) {
        const struct file_record *line = &plan->list->files[i];
        if (plan->line_paths[i] == plan->operand_count && !progress_expect(1, line->has_filesize ? line->filesize : 0))
            return false;
    }
    return plan->operand_count == 0 || count_operands(&paths, plan->source_settings);
}

bool update_plan_count_removed(struct update_plan *plan, const struct file_record *line)
{
    struct update_path *path = &plan->path_lines[plan->line_paths[update_plan_index(plan, line)]];

    const size_t prefix_size = list_name_prefix_size(line->name, plan->source_settings->strip);
    if (line->failure != 0 && is_directory(list_name_path(line->name, prefix_size))) {
        path->count--;
        return false;
    }
    /* The code of a tree is replaced by those of its files: nothing is lost if there are any. */
    path->gone += !(file_record_is_tree(line) && path->has_files);
    return true;
}

bool update_plan_is_below_failed(const struct update_plan *plan, const char *path)
{
    char *full = full_name_of(plan, path);
    /* Without memory, rather a line too many than one that is lost. */
    const bool is_below = full == NULL || path_set_find_ancestor(&plan->failed, full) < plan->failed.count;

    free(full);
    return is_below;
}

const struct file_record *update_plan_first_line(const struct update_plan *plan, const struct file_record *line)
{
    const struct file_record *first = NULL;

    return line_names_find(&plan->names, line->name, &first) && first != NULL ? first : line;
}
