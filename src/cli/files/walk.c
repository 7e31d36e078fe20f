/* SPDX-License-Identifier: Apache-2.0 */
/* A depth-first walk with an explicit stack: which entries to visit and which to skip. */
#include "files/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/directory.h"
#include "files/directory_listing.h"
#include "files/walk_stack.h"
#include "filter/filter.h"
#include "filter/ignore.h"
#include "output/temporary_name.h"
#include "util/threads.h"

/* Listings after which it is decided whether to list ahead, and those after it that are not looked at, as asking
 * whether the walk has waited may cost as much as a small directory. */
enum { DECISION_LISTINGS = 16, PAUSE_LISTINGS = 48 };

/* Of one directory, as many subdirectories are listed ahead. The directories of the open frames, one more than
 * MAX_OPEN_FRAMES, can have as many each. */
enum { ASKED_MAX = 28 };

/* Reports the entry at the current path. */
static enum walk_event set_entry(const struct walk *walk, struct walk_entry *entry, struct directory *directory,
                                 int error)
{
    *entry = (struct walk_entry){.path = walk->path,
                                 .path_size = walk->path_size,
                                 .root = walk->frames[0].name_offset,
                                 .name = walk_top(walk)->name_offset,
                                 .directory = directory,
                                 .error = error};
    return error != 0 ? WALK_ERROR : WALK_FILE;
}

/* Reports the error of the top frame's directory. The path reported has no trailing slash, except for "/", and is never
 * empty. */
static enum walk_event report_directory(struct walk *walk, struct walk_entry *entry)
{
    struct frame *frame = walk_top(walk);
    int error = frame->error;
    frame->error = 0;
    if (frame->name_offset == 0)
        walk->path[0] = '.';
    walk->path_size = frame->name_offset > 1 ? frame->name_offset - 1 : 1;
    walk->path[walk->path_size] = '\0';
    set_entry(walk, entry, NULL, error);
    entry->is_directory = true;
    for (entry->name = entry->path_size; entry->name > 0 && walk->path[entry->name - 1] != '/';)
        entry->name--;
    return WALK_ERROR;
}

/* Matches the current path against the filter's patterns, then against the ignore files, deepest first. Only the filter
 * can include an entry: one that an ignore file merely does not ignore is undecided. */
static enum ignore_verdict match_path(const struct walk *walk, bool is_directory)
{
    size_t root = walk->frames[0].name_offset;
    size_t name = walk_top(walk)->name_offset;
    enum ignore_verdict chosen = filter_match(walk->filter, walk->path + root, name - root, is_directory);
    if (chosen != IGNORE_UNDECIDED)
        return chosen;
    for (size_t i = walk_top(walk)->ignore_depth; i > 0; i = i > 1 ? walk->frames[i - 2].ignore_depth : 0) {
        const struct frame *frame = &walk->frames[i - 1];
        enum ignore_verdict verdict =
            ignore_match(frame->ignore, walk->path + frame->name_offset, name - frame->name_offset, is_directory);
        if (verdict != IGNORE_UNDECIDED)
            return verdict == IGNORE_YES ? IGNORE_YES : IGNORE_UNDECIDED;
    }
    return IGNORE_UNDECIDED;
}

/* Without memory for the path of an entry, the rest of the directory cannot be visited. */
static void abandon_rest(struct walk *walk)
{
    directory_listing_free(&walk_top(walk)->listing);
    walk_top(walk)->error = ENOMEM;
}

/* Metadata that ISCC tools write beside a file, which TREEWALK-ISCC never lists. */
static bool is_metadata(const char *name)
{
    static const char suffix[] = ".iscc.json";
    const size_t size = strlen(name);
    return size >= sizeof suffix - 1 && strcmp(name + size - (sizeof suffix - 1), suffix) == 0;
}

/* Returns WALK_END if there is nothing to report. */
static enum walk_event visit_file(struct walk *walk, struct walk_entry *entry, const char *name, int error)
{
    struct frame *frame = walk_top(walk);
    if (is_metadata(name) || temporary_name_is(name))
        return WALK_END;
    if (!walk_set_name(walk, name)) {
        abandon_rest(walk);
        return WALK_END;
    }
    if (frame->ignore_error != 0 && strcmp(walk->path + frame->name_offset, PATTERN_FILE) == 0)
        return set_entry(walk, entry, NULL, frame->ignore_error);
    enum ignore_verdict verdict = match_path(walk, false);
    if (verdict == IGNORE_YES || (verdict == IGNORE_UNDECIDED && !frame->include_unmatched))
        return WALK_END;
    if (error == 0 && filter_limits_size(walk->filter)) {
        struct stat status;
        error = directory_stat(frame->directory, walk->path + frame->name_offset, &status);
        if (error == 0 && !filter_accepts_size(walk->filter, status.st_size))
            return WALK_END;
    }
    return set_entry(walk, entry, error == 0 ? frame->directory : NULL, error);
}

/* Whether the top frame's subdirectories are too deep. */
static bool is_too_deep(const struct walk *walk)
{
    return walk->filter->limits_depth && walk->depth >= walk->filter->max_depth;
}

/* Whether the directory at the current path is too deep or on another file system. If stat fails it is not skipped, so
 * that opening it reports the error. */
static bool is_out_of_bounds(const struct walk *walk)
{
    struct stat status;
    if (is_too_deep(walk))
        return true;
    const struct frame *frame = walk_top(walk);
    return walk->filter->one_file_system &&
           directory_stat(frame->directory, walk->path + frame->name_offset, &status) == 0 &&
           status.st_dev != walk->device;
}

static enum walk_event fail_directory(const struct walk *walk, struct walk_entry *entry, int error)
{
    const enum walk_event event = set_entry(walk, entry, NULL, error);
    entry->is_directory = true;
    return event;
}

/* Has the next subdirectories of the top frame listed meanwhile. */
static void ask_ahead(struct walk *walk)
{
    struct frame *frame = walk_top(walk);
    if (frame->asked > 0)
        frame->asked--; /* the one that is visited now */
    if (walk->ahead == NULL || is_too_deep(walk))
        return;
    for (; frame->asked < ASKED_MAX; frame->asked++) {
        const char *name = sorted_names_peek(&frame->listing.directories, frame->asked);
        if (name == NULL || !walk_set_name(walk, name))
            return;
        if (match_path(walk, true) != IGNORE_YES &&
            !listing_ahead_ask(walk->ahead, walk->depth, frame->directory, walk->path + frame->name_offset))
            return;
    }
}

/* Whether every second listing or more makes the walk wait is decided again and again: what it lists first is often in
 * the cache. */
static void count_listing(struct walk *walk, bool has_waited)
{
    walk->listings++;
    walk->waits += has_waited;
    if (walk->listings < DECISION_LISTINGS)
        return;
    if (2 * walk->waits >= walk->listings)
        walk->ahead = listing_ahead_start();
    walk->listings = -PAUSE_LISTINGS;
    walk->waits = 0;
}

/* Lists the directory at the current path, or waits until it is listed. */
static void list_directory(struct walk *walk, struct listed_directory *listed)
{
    const struct frame *frame = walk_top(walk);
    const char *name = walk->path + frame->name_offset;
    if (walk->ahead != NULL && listing_ahead_wait(walk->ahead, walk->depth, name, listed))
        return;
    const bool is_counted = walk->may_list_ahead && walk->ahead == NULL && walk->listings >= 0;
    const size_t waits = is_counted ? threads_waits() : 0;
    listed_directory_read(listed, frame->directory, name, &walk->nfc);
    if (is_counted)
        count_listing(walk, threads_waits() > waits);
    else if (walk->listings < 0)
        walk->listings++;
}

/* Enters a directory. Returns WALK_END if there is nothing to report. */
static enum walk_event visit_directory(struct walk *walk, struct walk_entry *entry, const char *name)
{
    ask_ahead(walk);
    if (!walk_set_name(walk, name)) {
        abandon_rest(walk);
        return WALK_END;
    }
    enum ignore_verdict verdict = match_path(walk, true);
    if (verdict == IGNORE_YES || is_out_of_bounds(walk))
        return WALK_END;
    if (!walk_reserve_frame(walk))
        return fail_directory(walk, entry, ENOMEM);
    struct listed_directory listed;
    list_directory(walk, &listed);
    if (listed.directory == NULL)
        return fail_directory(walk, entry, listed.error);
    walk_push(walk, &listed, walk->path_size + 1, verdict == IGNORE_NO || walk_top(walk)->include_unmatched);
    return WALK_END;
}

/* One step: reports a pending error of the top frame's directory, then visits its files, then its subdirectories, then
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

/* Whether a pattern includes the root itself, whose name comes before the slash at the end of the prefix. */
static bool includes_root(struct walk *walk, size_t prefix_size)
{
    if (prefix_size == 0)
        return false;
    walk->path[prefix_size - 1] = '\0';
    enum ignore_verdict verdict = filter_match_operand(walk->filter, walk->path, true);
    walk->path[prefix_size - 1] = '/';
    return verdict == IGNORE_NO;
}

static void push_root(struct walk *walk, struct directory *directory, size_t prefix_size)
{
    struct file_identity identity = {0};
    int error = walk->filter->one_file_system && !directory_identify(directory, &identity) ? errno : 0;
    walk->device = identity.device;
    struct listed_directory listed = {.directory = directory};
    listed.error = directory_listing_read(&listed.listing, directory_descriptor(directory), &walk->nfc);
    walk_push(walk, &listed, prefix_size, includes_root(walk, prefix_size) || !walk->filter->only_included);
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
    if (directory == NULL || walk == NULL || !walk_reserve_path(walk, prefix_size + 2) || !walk_reserve_frame(walk)) {
        directory_release(directory);
        walk_free(walk);
        return NULL;
    }
    memcpy(walk->path, prefix, prefix_size);
    walk->filter = filter != NULL ? filter : &everything;
    /* To find out which directories are on the same file system would take as long as to list them. */
    walk->may_list_ahead = threads_readers_max(1) > 1 && !walk->filter->one_file_system;
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
    listing_ahead_stop(walk->ahead);
    while (walk->depth > 0)
        walk_free_frame(&walk->frames[--walk->depth]);
    nfc_free(&walk->nfc);
    free(walk->frames);
    free(walk->path);
    free(walk);
}
