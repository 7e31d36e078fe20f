/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stack of directories along the current path of a walk.
 *
 * Only the root and the deepest few frames keep their directories open. A directory that was closed is reopened as ".."
 * of the child the walk returns from, and must be the same directory as before. If the child has been moved elsewhere,
 * the walk descends again from the nearest open frame. Directories that cannot be found that way are lost, with one
 * error for each that had entries left to visit.
 */
#include "files/walk_stack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "filter/filter.h"
#include "filter/ignore_file.h"
#include "util/array.h"
#include "util/message.h"

/* Deep enough that few trees need any directory opened twice. */
enum { MAX_OPEN_FRAMES = 8 };

struct frame *walk_top(const struct walk *walk)
{
    return &walk->frames[walk->depth - 1];
}

bool walk_reserve_path(struct walk *walk, size_t needed)
{
    char *path = array_grow(walk->path, &walk->path_capacity, needed, 1);
    if (path == NULL)
        return false;
    walk->path = path;
    return true;
}

bool walk_reserve_frame(struct walk *walk)
{
    struct frame *frames = array_grow(walk->frames, &walk->frames_capacity, walk->depth + 1, sizeof *frames);
    if (frames == NULL)
        return false;
    walk->frames = frames;
    return true;
}

bool walk_set_name(struct walk *walk, const char *name)
{
    size_t name_offset = walk_top(walk)->name_offset;
    size_t size = strlen(name);
    if (!walk_reserve_path(walk, name_offset + size + 2))
        return false;
    if (name_offset > 0)
        walk->path[name_offset - 1] = '/';
    memcpy(walk->path + name_offset, name, size + 1);
    walk->path_size = name_offset + size;
    return true;
}

/* Closes the directory of the frame that is now too far from the top. It stays open if it cannot be identified, since
 * it could not be verified on reopening. */
static void close_distant(struct walk *walk)
{
    if (walk->depth <= MAX_OPEN_FRAMES + 1)
        return;
    struct frame *distant = &walk->frames[walk->depth - 1 - MAX_OPEN_FRAMES];
    if (distant->directory != NULL && directory_identify(distant->directory, &distant->identity)) {
        listing_ahead_forget(walk->ahead, walk->depth - MAX_OPEN_FRAMES, walk->depth - MAX_OPEN_FRAMES);
        distant->asked = 0;
        directory_release(distant->directory);
        distant->directory = NULL;
    }
}

/* Reading a link could leave the tree, and reading a FIFO has effects. But its patterns may be missed. */
static void report_odd_patterns(struct walk *walk)
{
    if (!walk->filter->no_ignore && !walk->filter->is_silent && walk_set_name(walk, PATTERN_FILE))
        message_finding(STATUS_OK, walk->path, "not a regular file, so it leaves nothing out");
}

void walk_push(struct walk *walk, const struct listed_directory *listed, size_t name_offset, bool include_unmatched)
{
    size_t ignore_depth = walk->depth > 0 ? walk_top(walk)->ignore_depth : 0;
    struct frame *frame = &walk->frames[walk->depth++];
    *frame = (struct frame){.directory = listed->directory,
                            .listing = listed->listing,
                            .error = listed->error,
                            .name_offset = name_offset,
                            .ignore_depth = ignore_depth,
                            .include_unmatched = include_unmatched};
    listing_ahead_forget(walk->ahead, walk->depth, SIZE_MAX);
    if (frame->listing.has_patterns && !walk->filter->no_ignore) {
        frame->ignore_error = ignore_file_read(directory_descriptor(frame->directory), PATTERN_FILE, &frame->ignore);
        if (frame->ignore != NULL)
            frame->ignore_depth = walk->depth;
    }
    if (frame->listing.has_odd_patterns)
        report_odd_patterns(walk);
    close_distant(walk);
}

/* Descends from the open frame `*index` towards the top for as long as the directories are still the same. Updates
 * `*index` to the deepest frame reached and returns a new reference to its directory. */
static struct directory *reopen_downwards(struct walk *walk, size_t *index, int *error)
{
    struct directory *directory = directory_hold(walk->frames[*index].directory);
    while (*index + 1 < walk->depth) {
        const struct frame *next = &walk->frames[*index + 1];
        walk->path[next->name_offset - 1] = '\0';
        struct directory *child =
            directory_reopen(directory, walk->path + walk->frames[*index].name_offset, &next->identity, error);
        walk->path[next->name_offset - 1] = '/';
        if (child == NULL)
            break;
        directory_release(directory);
        directory = child;
        ++*index;
    }
    return directory;
}

/* Reopens the top frame from above, and marks the frames that cannot be found as lost. */
static void reopen_from_above(struct walk *walk)
{
    int error = 0;
    size_t index = walk->depth - 1;
    while (walk->frames[index].directory == NULL) /* the root is always open */
        index--;
    struct directory *reached = reopen_downwards(walk, &index, &error);
    directory_release(walk->frames[index].directory);
    walk->frames[index].directory = reached;
    while (++index < walk->depth) {
        struct frame *lost = &walk->frames[index];
        lost->is_lost = true;
        lost->asked = 0;
        lost->error = directory_listing_is_done(&lost->listing) ? 0 : error;
        directory_listing_free(&lost->listing);
    }
}

void walk_free_frame(struct frame *frame)
{
    directory_release(frame->directory);
    directory_listing_free(&frame->listing);
    ignore_free(frame->ignore);
}

/* Reopens the directory of the top frame, if it was closed, as the parent of `child`. */
static void reopen_top(struct walk *walk, const struct directory *child)
{
    struct frame *frame = walk_top(walk);
    int error = 0;
    if (frame->directory != NULL || frame->is_lost)
        return;
    frame->directory = directory_reopen(child, "..", &frame->identity, &error);
    if (frame->directory == NULL)
        reopen_from_above(walk);
}

void walk_pop(struct walk *walk)
{
    struct frame *child = walk_top(walk);
    walk->depth--;
    if (walk->depth > 0)
        reopen_top(walk, child->directory);
    walk_free_frame(child);
}
