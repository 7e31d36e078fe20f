/* SPDX-License-Identifier: Apache-2.0 */
/* Writes lines of the old list again, and those of members of archives: docs/update.md, U6 and U12. */
#include "update/update_lines.h"

#include <errno.h>
#include <string.h>

#include "archive/archive_pass.h"
#include "format/file_lines.h"
#include "util/failure.h"
#include "util/message.h"

size_t update_index_of(const struct update *update, const struct file_record *line)
{
    return update_plan_index(&update->plan, line);
}

void update_count(struct update *update, enum change change, const char *name, size_t name_size, int failure)
{
    update->counts[change]++;
    if (change != CHANGE_NONE && !update->settings->quiet)
        update_report_change(update->report, &update->settings->format, change, name, name_size, failure);
}

void update_write_comments(struct update *update, size_t index)
{
    if (update->output != NULL)
        comments_write(&update->comments, update->output, index);
}

void update_advance_to(struct update *update, size_t index)
{
    update->must_write = update->must_write || index < update->last_written;
    update->last_written = index;
    update_write_comments(update, index);
}

void update_write_old(struct update *update, const struct file_record *line)
{
    update_advance_to(update, update_index_of(update, line));
    update->has_lines = true;
    if (line->is_contradictory && update->contradictory == NULL)
        update->contradictory = line;
    if (update->output != NULL)
        format_file(update->output, &update->shape, line);
}

/* ---- Members of archives ---- */

void update_keep_members(struct update *update, const struct file_record *archive)
{
    const struct file_record *line = NULL;

    while (archive != NULL && (line = member_lines_next(&update->members, archive, line)) != NULL) {
        update_count(update, CHANGE_NONE, line->name, line->name_size, 0);
        update_write_old(update, line);
    }
}

void update_remove_members(struct update *update, const struct file_record *archive)
{
    const struct file_record *line = NULL;

    while (archive != NULL && (line = member_lines_next(&update->members, archive, line)) != NULL)
        update->is_gone[update_index_of(update, line)] = true;
}

static void write_line(struct update *update, const struct file_record *old, const struct file_record *member)
{
    if (old != NULL)
        update_advance_to(update, update_index_of(update, old));
    update->has_lines = true;
    if (update->output != NULL)
        format_member(update->output, &update->shape, member);
}

/* Of an archive that could not be read to its end, or a member that could not be read: the old line stays, if it has a
 * code. */
static void write_unread(struct update *update, const struct file_record *old, const struct file_record *member)
{
    update_count(update, CHANGE_UNREADABLE, member->name, member->name_size, member->failure);
    output_flush(update->report);
    message_error(member->name, failure_text(member->failure));
    if (old != NULL && old->failure == 0) {
        update_write_old(update, old);
        return;
    }
    update->must_write = update->must_write || old == NULL || old->failure != member->failure;
    write_line(update, old, member);
}

static void write_member(struct update *update, const struct file_record *old, const struct file_record *member)
{
    const bool is_new = old == NULL || old->failure != 0;
    const enum change change = is_new ? CHANGE_ADDED : file_record_holds(old, member) ? CHANGE_NONE : CHANGE_CHANGED;

    update_count(update, change, member->name, member->name_size, 0);
    update->must_write = update->must_write || change != CHANGE_NONE;
    write_line(update, old, member);
}

void update_write_members(struct update *update, const struct job *job)
{
    struct file_record member;
    struct member_search search;
    bool is_complete = true;

    if (!member_search_make(&search, &update->members, job->listed)) {
        message_error(update->path, strerror(ENOMEM));
        update->plan.has_failed = true;
        return;
    }
    while (job->members != NULL && archive_pass_next(job->members, &member)) {
        const struct file_record *old = member_search_find(&search, &member);
        is_complete = is_complete && (member.failure == 0 || member.member.entry > 0);
        if (member.failure != 0)
            write_unread(update, old, &member);
        else
            write_member(update, old, &member);
    }
    for (size_t i = 0; i < search.count; i++) {
        if (search.lines[i].is_found)
            continue;
        if (is_complete || search.lines[i].line->failure != 0)
            update->is_gone[update_index_of(update, search.lines[i].line)] = true;
        else
            update_write_old(update, search.lines[i].line);
    }
    member_search_free(&search);
}
