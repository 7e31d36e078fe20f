/* SPDX-License-Identifier: Apache-2.0 */
/* Lines and paths become jobs: docs/update.md, U1 to U3 and U6. */
#include "update/update_plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "util/message.h"

size_t update_plan_line(const struct update_plan *plan, const struct catalogue_file *line)
{
    return (size_t)(line - plan->list->files);
}

static bool run_short(struct update_plan *plan)
{
    plan->is_broken = true;
    message_error(NULL, strerror(ENOMEM));
    return false;
}

bool update_plan_make(struct update_plan *plan)
{
    for (size_t i = 0; i < plan->operand_count; i++)
        if (!path_set_add(&plan->paths, plan->operands[i]))
            return run_short(plan);
    path_set_sort(&plan->paths);
    plan->by_name = catalogue_by_name(plan->list);
    plan->is_taken = calloc(plan->list->count + 1, sizeof *plan->is_taken);
    plan->is_begun = calloc(plan->operand_count + 1, sizeof *plan->is_begun);
    return (plan->by_name != NULL && plan->is_taken != NULL && plan->is_begun != NULL) || run_short(plan);
}

void update_plan_free(struct update_plan *plan)
{
    source_close(plan->source);
    path_set_free(&plan->paths);
    path_set_free(&plan->lost);
    free(plan->by_name);
    free(plan->is_taken);
    free(plan->is_begun);
}

/* A line that stays as it is. */
static void keep(struct update_plan *plan, struct job *job, const struct catalogue_file *line)
{
    job_set(job, JOB_KNOWN, line->name, line->name_size, 0);
    job->failure = 0; /* a path that memory is short for is not needed */
    job->listed = line;
    plan->is_taken[update_plan_line(plan, line)] = true;
}

/* U1: paths above others are enough. */
static void begin_path(struct update_plan *plan, size_t number)
{
    const char *operand = plan->operands[number];
    const struct operands one = {.arguments = &plan->operands[number], .count = 1};

    if (plan->is_begun[number])
        return;
    plan->is_begun[number] = true;
    if (path_set_find(&plan->paths, operand) < number ||
        path_set_find_ancestor(&plan->paths, operand) < plan->paths.count)
        return;
    plan->source = source_open(&one, plan->source_settings);
    plan->is_broken = plan->source == NULL;
}

/* Takes the next line of the old list. Returns whether it made a job. */
static bool take_line(struct update_plan *plan, struct job *job)
{
    const struct catalogue_file *line = &plan->list->files[plan->next_line++];
    const size_t path = path_set_find(&plan->paths, line->name);

    if (plan->is_taken[update_plan_line(plan, line)])
        return false;
    if (path < plan->paths.count) {
        begin_path(plan, path);
        return false;
    }
    if (plan->paths.count > 0 || strcmp(line->name, "-") == 0) {
        keep(plan, job, line);
        return true;
    }
    job_set_listed(job, NULL, line->name, line->name_size);
    job->listed = line;
    plan->is_taken[update_plan_line(plan, line)] = true;
    return true;
}

/* Finds the line of what the walk came to. */
static bool recognise(struct update_plan *plan, struct job *job)
{
    if (job->failure != 0 && (job->path == NULL || !path_set_add(&plan->lost, job->path)))
        return run_short(plan);
    job->listed = catalogue_find(plan->by_name, plan->list->count, job->path);
    if (job->listed != NULL)
        plan->is_taken[update_plan_line(plan, job->listed)] = true;
    return true;
}

/* U6: takes the next line that lies below what could not be read. */
static bool take_lost(struct update_plan *plan, struct job *job)
{
    if (plan->lost.count == 0)
        return false;
    if (plan->next_lost == 0)
        path_set_sort(&plan->lost);
    while (plan->next_lost < plan->list->count) {
        const size_t number = plan->next_lost++;
        const struct catalogue_file *line = &plan->list->files[number];
        if (plan->is_taken[number] || path_set_find(&plan->lost, line->name) == plan->lost.count)
            continue;
        keep(plan, job, line);
        return true;
    }
    return false;
}

bool update_plan_next(struct update_plan *plan, struct job *job)
{
    while (!plan->is_broken) {
        if (plan->source != NULL) {
            if (source_next(plan->source, job))
                return recognise(plan, job);
            source_close(plan->source);
            plan->source = NULL;
        } else if (plan->next_line < plan->list->count) {
            if (take_line(plan, job))
                return true;
        } else if (plan->next_path < plan->paths.count) {
            begin_path(plan, plan->next_path++);
        } else {
            return take_lost(plan, job);
        }
    }
    return false;
}
