/* SPDX-License-Identifier: Apache-2.0 */
/* Makes jobs of lines and paths: docs/update.md, U1 to U3 and U6. */
#include "update/update_plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

bool update_plan_make(struct update_plan *plan)
{
    for (size_t i = 0; i < plan->operand_count; i++)
        if (!path_set_add(&plan->paths, plan->operands[i]))
            return fail_no_memory(plan);
    path_set_sort(&plan->paths);
    plan->by_name = catalogue_by_name(plan->list);
    plan->is_planned = calloc(plan->list->count + 1, sizeof *plan->is_planned);
    plan->is_started = calloc(plan->operand_count + 1, sizeof *plan->is_started);
    return (plan->by_name != NULL && plan->is_planned != NULL && plan->is_started != NULL) || fail_no_memory(plan);
}

void update_plan_free(struct update_plan *plan)
{
    source_close(plan->source);
    path_set_free(&plan->paths);
    path_set_free(&plan->unreadable);
    free(plan->by_name);
    free(plan->is_planned);
    free(plan->is_started);
}

/* Makes the job of a line that stays as it is. */
static void keep_line(struct update_plan *plan, struct job *job, const struct file_record *line)
{
    job_set(job, JOB_KNOWN, line->name, line->name_size, 0);
    job->failure = 0; /* if memory was short for the path, that does not matter: it is not used */
    job->listed = line;
    plan->is_planned[update_plan_index(plan, line)] = true;
}

/* U1: a path below another one needs no walk of its own. */
static void start_path(struct update_plan *plan, size_t number)
{
    const char *operand = plan->operands[number];
    const struct operands one = {.arguments = &plan->operands[number], .count = 1};

    if (plan->is_started[number])
        return;
    plan->is_started[number] = true;
    if (path_set_find(&plan->paths, operand) < number ||
        path_set_find_ancestor(&plan->paths, operand) < plan->paths.count)
        return;
    plan->source = source_open(&one, plan->source_settings);
    plan->has_failed = plan->source == NULL;
}

/* Goes on to the next line of the old list. Returns whether it made a job. */
static bool plan_line(struct update_plan *plan, struct job *job)
{
    const struct file_record *line = &plan->list->files[plan->next_line++];
    const size_t path = path_set_find(&plan->paths, line->name);

    if (plan->is_planned[update_plan_index(plan, line)])
        return false;
    if (path < plan->paths.count) {
        start_path(plan, path);
        return false;
    }
    if (plan->paths.count > 0 || strcmp(line->name, "-") == 0) {
        keep_line(plan, job, line);
        return true;
    }
    job_set_listed(job, NULL, line->name, line->name_size);
    job->listed = line;
    plan->is_planned[update_plan_index(plan, line)] = true;
    return true;
}

/* Finds the line for a job of the source. Returns false after a message. */
static bool find_line(struct update_plan *plan, struct job *job)
{
    if (job->failure != 0 && (job->path == NULL || !path_set_add(&plan->unreadable, job->path)))
        return fail_no_memory(plan);
    job->listed = catalogue_find(plan->by_name, plan->list->count, job->path);
    if (job->listed != NULL)
        plan->is_planned[update_plan_index(plan, job->listed)] = true;
    return true;
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
        if (plan->is_planned[number] || path_set_find(&plan->unreadable, line->name) == plan->unreadable.count)
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
            if (source_next(plan->source, job))
                return find_line(plan, job);
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
