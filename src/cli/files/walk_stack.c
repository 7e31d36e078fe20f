/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The directories on the path of a walk.
 *
 * The root and the few deepest frames keep their directories open. One that was given up is opened again as ".." of the
 * child that the walk comes back from, and must then be the same directory. If the child was moved elsewhere meanwhile,
 * the way down from the nearest open frame is taken instead; what cannot be found on it is lost, with one error for
 * each directory that had something left to walk.
 */
#include "files/walk_stack.h"

#include <stdlib.h>
#include <string.h>

#include "filter/filter.h"
#include "filter/ignore_file.h"
#include "util/array.h"

/* Deep enough for nearly every tree to be walked without opening a directory twice. */
enum { DEEPEST_OPEN = 8 };

struct frame *walk_top(const struct walk *walk)
{
    return &walk->frames[walk->depth - 1];
}

bool walk_path_room(struct walk *walk, size_t needed)
{
    char *path = array_grow(walk->path, &walk->path_room, needed, 1);
    if (path == NULL)
        return false;
    walk->path = path;
    return true;
}

bool walk_frame_room(struct walk *walk)
{
    struct frame *frames = array_grow(walk->frames, &walk->frames_room, walk->depth + 1, sizeof *frames);
    if (frames == NULL)
        return false;
    walk->frames = frames;
    return true;
}

bool walk_set_name(struct walk *walk, const char *name)
{
    size_t base = walk_top(walk)->base;
    size_t size = strlen(name);
    if (!walk_path_room(walk, base + size + 2))
        return false;
    if (base > 0)
        walk->path[base - 1] = '/';
    memcpy(walk->path + base, name, size + 1);
    walk->path_size = base + size;
    return true;
}

/* A frame that comes to be so many levels above the deepest gives its directory up. Should the system not say which it
 * is, it stays open. */
static void give_up_far(struct walk *walk)
{
    if (walk->depth <= DEEPEST_OPEN + 1)
        return;
    struct frame *far = &walk->frames[walk->depth - 1 - DEEPEST_OPEN];
    if (far->directory != NULL && directory_identify(far->directory, &far->identity)) {
        directory_release(far->directory);
        far->directory = NULL;
    }
}

void walk_push(struct walk *walk, struct directory *directory, size_t base, bool takes_rest)
{
    size_t ignoring = walk->depth > 0 ? walk_top(walk)->ignoring : 0;
    struct frame *frame = &walk->frames[walk->depth++];
    *frame = (struct frame){.directory = directory, .base = base, .ignoring = ignoring, .takes_rest = takes_rest};
    int descriptor = directory_descriptor(directory);
    frame->error = directory_listing_read(&frame->listing, descriptor, &walk->nfc);
    if (frame->listing.has_patterns && !walk->filter->no_ignore) {
        frame->ignore_error = ignore_file_read(descriptor, PATTERN_FILE, &frame->ignore);
        if (frame->ignore != NULL)
            frame->ignoring = walk->depth;
    }
    give_up_far(walk);
}

/* Goes down from an open frame towards the top one as far as the directories are those that were left. Moves `index` to
 * the frame that was reached; the caller holds its directory. */
static struct directory *go_down(struct walk *walk, size_t *index, int *error)
{
    struct directory *directory = directory_hold(walk->frames[*index].directory);
    while (*index + 1 < walk->depth) {
        const struct frame *next = &walk->frames[*index + 1];
        walk->path[next->base - 1] = '\0';
        struct directory *child =
            directory_open_again(directory, walk->path + walk->frames[*index].base, &next->identity, error);
        walk->path[next->base - 1] = '/';
        if (child == NULL)
            break;
        directory_release(directory);
        directory = child;
        ++*index;
    }
    return directory;
}

/* Opens the top frame again from above, or gives the frames up that are not found. */
static void find_again(struct walk *walk)
{
    int error = 0;
    size_t index = walk->depth - 1;
    while (walk->frames[index].directory == NULL) /* the root is always open */
        index--;
    struct directory *reached = go_down(walk, &index, &error);
    directory_release(walk->frames[index].directory);
    walk->frames[index].directory = reached;
    while (++index < walk->depth) {
        struct frame *lost = &walk->frames[index];
        lost->is_lost = true;
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

/* Opens the top frame's directory again if it was given up, as the one above the child. */
static void come_back(struct walk *walk, const struct directory *child)
{
    struct frame *frame = walk_top(walk);
    int error = 0;
    if (frame->directory != NULL || frame->is_lost)
        return;
    frame->directory = directory_open_again(child, "..", &frame->identity, &error);
    if (frame->directory == NULL)
        find_again(walk);
}

void walk_pop(struct walk *walk)
{
    struct frame *child = walk_top(walk);
    walk->depth--;
    if (walk->depth > 0)
        come_back(walk, child->directory);
    walk_free_frame(child);
}
