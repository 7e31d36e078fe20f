/* SPDX-License-Identifier: Apache-2.0 */
/* A depth-first walk with a stack of its own: what is visited, and what is left out. */
#include "files/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/directory.h"
#include "files/directory_listing.h"
#include "files/walk_stack.h"
#include "filter/filter.h"
#include "filter/ignore.h"

/* Reports the entry that the path ends with. */
static enum walk_event set_entry(const struct walk *walk, struct walk_entry *entry, struct directory *directory,
                                 int error)
{
    *entry = (struct walk_entry){.path = walk->path,
                                 .path_size = walk->path_size,
                                 .name = walk_top(walk)->base,
                                 .directory = directory,
                                 .error = error};
    return error != 0 ? WALK_ERROR : WALK_FILE;
}

/* Reports the directory of the top frame. Its path has no slash at its end, unless it is the root of all, and is never
 * empty. */
static enum walk_event report_directory(struct walk *walk, struct walk_entry *entry)
{
    struct frame *frame = walk_top(walk);
    int error = frame->error;
    frame->error = 0;
    if (frame->base == 0)
        walk->path[0] = '.';
    walk->path_size = frame->base > 1 ? frame->base - 1 : 1;
    walk->path[walk->path_size] = '\0';
    set_entry(walk, entry, NULL, error);
    for (entry->name = entry->path_size; entry->name > 0 && walk->path[entry->name - 1] != '/';)
        entry->name--;
    return WALK_ERROR;
}

/* What the patterns say of the entry that the path holds: the filter's first, then those of the ignore files, of which
 * the deepest that decides is the one that counts. What is only not ignored is undecided. */
static enum ignore_verdict judge_path(const struct walk *walk, bool is_directory)
{
    size_t root = walk->frames[0].base;
    size_t name = walk_top(walk)->base;
    enum ignore_verdict chosen = filter_judge(walk->filter, walk->path + root, name - root, is_directory);
    if (chosen != IGNORE_UNDECIDED)
        return chosen;
    for (size_t i = walk_top(walk)->ignoring; i > 0; i = i > 1 ? walk->frames[i - 2].ignoring : 0) {
        const struct frame *frame = &walk->frames[i - 1];
        enum ignore_verdict verdict =
            ignore_judge(frame->ignore, walk->path + frame->base, name - frame->base, is_directory);
        if (verdict != IGNORE_UNDECIDED)
            return verdict == IGNORE_YES ? IGNORE_YES : IGNORE_UNDECIDED;
    }
    return IGNORE_UNDECIDED;
}

/* Without memory for the path of an entry, the rest of the directory is lost. */
static void lose_rest(struct walk *walk)
{
    directory_listing_free(&walk_top(walk)->listing);
    walk_top(walk)->error = ENOMEM;
}

/* Visits a file. WALK_END: there is nothing to report. */
static enum walk_event visit_file(struct walk *walk, struct walk_entry *entry, const char *name, int error)
{
    struct frame *frame = walk_top(walk);
    if (!walk_set_name(walk, name)) {
        lose_rest(walk);
        return WALK_END;
    }
    if (frame->ignore_error != 0 && strcmp(walk->path + frame->base, PATTERN_FILE) == 0)
        return set_entry(walk, entry, NULL, frame->ignore_error);
    enum ignore_verdict verdict = judge_path(walk, false);
    if (verdict == IGNORE_YES || (verdict == IGNORE_UNDECIDED && !frame->takes_rest))
        return WALK_END;
    if (error == 0 && filter_limits_size(walk->filter)) {
        struct stat status;
        error = directory_look(frame->directory, walk->path + frame->base, &status);
        if (error == 0 && !filter_accepts_size(walk->filter, status.st_size))
            return WALK_END;
    }
    return set_entry(walk, entry, error == 0 ? frame->directory : NULL, error);
}

/* Whether the directory that the path ends with is left out for where it is. One that the system tells nothing of is
 * not: to open it will give the error. */
static bool is_too_far(const struct walk *walk)
{
    struct stat status;
    if (walk->filter->limits_depth && walk->depth >= walk->filter->max_depth)
        return true;
    const struct frame *frame = walk_top(walk);
    return walk->filter->one_file_system && directory_look(frame->directory, walk->path + frame->base, &status) == 0 &&
           status.st_dev != walk->device;
}

/* Enters a directory. WALK_END: there is nothing to report. */
static enum walk_event visit_directory(struct walk *walk, struct walk_entry *entry, const char *name)
{
    if (!walk_set_name(walk, name)) {
        lose_rest(walk);
        return WALK_END;
    }
    enum ignore_verdict verdict = judge_path(walk, true);
    if (verdict == IGNORE_YES || is_too_far(walk))
        return WALK_END;
    if (!walk_frame_room(walk))
        return set_entry(walk, entry, NULL, ENOMEM);
    int error = 0;
    const struct frame *frame = walk_top(walk);
    struct directory *directory = directory_open(frame->directory, walk->path + frame->base, &error);
    if (directory == NULL)
        return set_entry(walk, entry, NULL, error);
    walk_push(walk, directory, walk->path_size + 1, verdict == IGNORE_NO || frame->takes_rest);
    return WALK_END;
}

/* One step: reports what is wrong with the top frame's directory, then visits its files, then its directories, then
 * leaves it. */
static enum walk_event walk_step(struct walk *walk, struct walk_entry *entry)
{
    struct frame *frame = walk_top(walk);
    if (frame->error != 0)
        return report_directory(walk, entry);
    int error = 0;
    const char *name = sorted_names_next(&frame->listing.files, &error);
    if (name != NULL)
        return visit_file(walk, entry, name, error);
    sorted_names_free(&frame->listing.files);
    name = sorted_names_next(&frame->listing.directories, &error);
    if (name != NULL)
        return visit_directory(walk, entry, name);
    walk_pop(walk);
    return WALK_END;
}

enum walk_event walk_next(struct walk *walk, struct walk_entry *entry)
{
    enum walk_event event = WALK_END;
    while (event == WALK_END && walk->depth > 0)
        event = walk_step(walk, entry);
    return event;
}

/* Whether a pattern takes the root itself in, whose name is before the slash that ends the prefix. */
static bool takes_root(struct walk *walk, size_t prefix_size)
{
    if (prefix_size == 0)
        return false;
    walk->path[prefix_size - 1] = '\0';
    enum ignore_verdict verdict = filter_judge_operand(walk->filter, walk->path, true);
    walk->path[prefix_size - 1] = '/';
    return verdict == IGNORE_NO;
}

static void push_root(struct walk *walk, struct directory *directory, size_t prefix_size)
{
    struct file_identity identity = {0};
    int error = walk->filter->one_file_system && !directory_identify(directory, &identity) ? errno : 0;
    walk->device = identity.device;
    walk_push(walk, directory, prefix_size, takes_root(walk, prefix_size) || !walk->filter->only_included);
    if (error != 0) {
        directory_listing_free(&walk_top(walk)->listing);
        walk_top(walk)->error = error;
    }
}

struct walk *walk_start(int descriptor, const char *prefix, size_t prefix_size, const struct filter *filter)
{
    static const struct filter everything;

    struct directory *directory = directory_new(descriptor);
    struct walk *walk = calloc(1, sizeof *walk);
    if (directory == NULL || walk == NULL || !walk_path_room(walk, prefix_size + 2) || !walk_frame_room(walk)) {
        directory_release(directory);
        walk_free(walk);
        return NULL;
    }
    memcpy(walk->path, prefix, prefix_size);
    walk->filter = filter != NULL ? filter : &everything;
    if (walk->filter->limits_depth && walk->filter->max_depth == 0)
        directory_release(directory);
    else
        push_root(walk, directory, prefix_size);
    return walk;
}

void walk_free(struct walk *walk)
{
    if (walk == NULL)
        return;
    while (walk->depth > 0)
        walk_free_frame(&walk->frames[--walk->depth]);
    nfc_free(&walk->nfc);
    free(walk->frames);
    free(walk->path);
    free(walk);
}
