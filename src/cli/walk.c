/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A depth-first walk with a stack of its own: a frame for each directory on the path.
 *
 * The root and the few deepest frames keep their directories open. One that was given up is opened again as ".." of the
 * child that the walk comes back from, and must then be the same directory. If the child was moved elsewhere meanwhile,
 * the way down from the nearest open frame is taken instead; what cannot be found on it is lost, with one error for
 * each directory that had something left to walk.
 */
#include "walk.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "choice.h"
#include "directory.h"
#include "ignore.h"
#include "listing.h"
#include "pattern_file.h"

/* Deep enough for nearly every tree to be walked without opening a directory twice. */
enum { DEEPEST_OPEN = 8 };

struct frame {
    struct directory *directory; /* NULL: given up or lost */
    struct identity identity;    /* of one given up */
    size_t base;                 /* where in the path the names of its entries begin */
    struct listing listing;      /* what is left to walk */
    struct ignore_list *ignore;  /* its own patterns, or NULL */
    size_t ignoring;             /* the deepest frame up to this one that has patterns, counted from 1; 0: none */
    int ignore_error;            /* why its patterns could not be read */
    int error;                   /* why its listing is not whole, until that is reported */
    bool takes_rest;             /* takes an entry that no pattern matches */
    bool is_lost;
};

struct walk {
    const struct choice *choice;
    dev_t device; /* of the root, where the choice is of one file system */
    char *path; /* of the entry last visited; a slash may be a NUL where a path ended, and is put back by set_name() */
    size_t path_size;
    size_t path_room;
    struct frame *frames;
    size_t depth;
    size_t frames_room;
    struct nfc nfc;
};

static struct frame *top_of(const struct walk *walk)
{
    return &walk->frames[walk->depth - 1];
}

/* Doubles, as the walk goes deeper by one step at a time. */
static bool make_room(void **block, size_t *room, size_t needed, size_t element)
{
    if (*block != NULL && needed <= *room)
        return true;
    size_t larger = needed <= SIZE_MAX / 2 / element ? 2 * needed : 0;
    void *grown = larger > 0 ? realloc(*block, larger * element) : NULL;
    if (grown == NULL)
        return false;
    *block = grown;
    *room = larger;
    return true;
}

static bool path_room(struct walk *walk, size_t needed)
{
    void *path = walk->path;
    bool grown = make_room(&path, &walk->path_room, needed, 1);
    walk->path = path;
    return grown;
}

static bool frame_room(struct walk *walk)
{
    void *frames = walk->frames;
    bool grown = make_room(&frames, &walk->frames_room, walk->depth + 1, sizeof *walk->frames);
    walk->frames = frames;
    return grown;
}

/* Lets the path end with an entry of the top frame. There is room for a slash behind it. */
static bool set_name(struct walk *walk, const char *name)
{
    size_t base = top_of(walk)->base;
    size_t size = strlen(name);
    if (!path_room(walk, base + size + 2))
        return false;
    if (base > 0)
        walk->path[base - 1] = '/';
    memcpy(walk->path + base, name, size + 1);
    walk->path_size = base + size;
    return true;
}

/* Reports the entry that the path ends with. */
static enum walk_event report(const struct walk *walk, struct walk_entry *entry, struct directory *directory, int error)
{
    *entry = (struct walk_entry){.path = walk->path,
                                 .path_size = walk->path_size,
                                 .name = top_of(walk)->base,
                                 .directory = directory,
                                 .error = error};
    return error != 0 ? WALK_ERROR : WALK_FILE;
}

/* Reports the directory of the top frame. Its path has no slash at its end, unless it is the root of all, and is never
 * empty. */
static enum walk_event report_directory(struct walk *walk, struct walk_entry *entry)
{
    struct frame *frame = top_of(walk);
    int error = frame->error;
    frame->error = 0;
    if (frame->base == 0)
        walk->path[0] = '.';
    walk->path_size = frame->base > 1 ? frame->base - 1 : 1;
    walk->path[walk->path_size] = '\0';
    report(walk, entry, NULL, error);
    for (entry->name = entry->path_size; entry->name > 0 && walk->path[entry->name - 1] != '/';)
        entry->name--;
    return WALK_ERROR;
}

/* What the patterns say of the entry that the path holds: the choice's first, then those of the ignore files, of which
 * the deepest that decides is the one that counts. What is only not ignored is undecided. */
static enum ignore_verdict judge(const struct walk *walk, bool is_directory)
{
    size_t root = walk->frames[0].base;
    size_t name = top_of(walk)->base;
    enum ignore_verdict chosen = choice_judge(walk->choice, walk->path + root, name - root, is_directory);
    if (chosen != IGNORE_UNDECIDED)
        return chosen;
    for (size_t i = top_of(walk)->ignoring; i > 0; i = i > 1 ? walk->frames[i - 2].ignoring : 0) {
        const struct frame *frame = &walk->frames[i - 1];
        enum ignore_verdict verdict =
            ignore_judge(frame->ignore, walk->path + frame->base, name - frame->base, is_directory);
        if (verdict != IGNORE_UNDECIDED)
            return verdict == IGNORE_YES ? IGNORE_YES : IGNORE_UNDECIDED;
    }
    return IGNORE_UNDECIDED;
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

/* Makes the directory the top frame; there is room for it. */
static void push(struct walk *walk, struct directory *directory, size_t base, bool takes_rest)
{
    size_t ignoring = walk->depth > 0 ? top_of(walk)->ignoring : 0;
    struct frame *frame = &walk->frames[walk->depth++];
    *frame = (struct frame){.directory = directory, .base = base, .ignoring = ignoring, .takes_rest = takes_rest};
    int descriptor = directory_descriptor(directory);
    frame->error = listing_read(&frame->listing, descriptor, &walk->nfc);
    if (frame->listing.has_patterns && !walk->choice->no_ignore) {
        frame->ignore_error = pattern_file_read(descriptor, PATTERN_FILE, &frame->ignore);
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
        lost->error = listing_is_done(&lost->listing) ? 0 : error;
        listing_free(&lost->listing);
    }
}

static void free_frame(struct frame *frame)
{
    directory_release(frame->directory);
    listing_free(&frame->listing);
    ignore_free(frame->ignore);
}

/* Back to the directory above. */
static void pop(struct walk *walk)
{
    struct frame *child = top_of(walk);
    walk->depth--;
    struct frame *frame = walk->depth > 0 ? top_of(walk) : NULL;
    if (frame != NULL && frame->directory == NULL && !frame->is_lost) {
        int error = 0;
        frame->directory = directory_open_again(child->directory, "..", &frame->identity, &error);
        if (frame->directory == NULL)
            find_again(walk);
    }
    free_frame(child);
}

/* Without memory for the path of an entry, the rest of the directory is lost. */
static void lose_rest(struct walk *walk)
{
    listing_free(&top_of(walk)->listing);
    top_of(walk)->error = ENOMEM;
}

/* Visits a file. WALK_END: there is nothing to report. */
static enum walk_event visit_file(struct walk *walk, struct walk_entry *entry, const char *name, int error)
{
    struct frame *frame = top_of(walk);
    if (!set_name(walk, name)) {
        lose_rest(walk);
        return WALK_END;
    }
    if (frame->ignore_error != 0 && strcmp(walk->path + frame->base, PATTERN_FILE) == 0)
        return report(walk, entry, NULL, frame->ignore_error);
    enum ignore_verdict verdict = judge(walk, false);
    if (verdict == IGNORE_YES || (verdict == IGNORE_UNDECIDED && !frame->takes_rest))
        return WALK_END;
    if (error == 0 && walk->choice->limits_size) {
        struct stat status;
        error = directory_look(frame->directory, walk->path + frame->base, &status);
        if (error == 0 && !choice_takes_size(walk->choice, status.st_size))
            return WALK_END;
    }
    return report(walk, entry, error == 0 ? frame->directory : NULL, error);
}

/* Whether the directory that the path ends with is left out for where it is. One that the system tells nothing of is
 * not: to open it will give the error. */
static bool is_too_far(const struct walk *walk)
{
    struct stat status;
    if (walk->choice->limits_depth && walk->depth >= walk->choice->max_depth)
        return true;
    const struct frame *frame = top_of(walk);
    return walk->choice->one_file_system && directory_look(frame->directory, walk->path + frame->base, &status) == 0 &&
           status.st_dev != walk->device;
}

/* Enters a directory. WALK_END: there is nothing to report. */
static enum walk_event visit_directory(struct walk *walk, struct walk_entry *entry, const char *name)
{
    if (!set_name(walk, name)) {
        lose_rest(walk);
        return WALK_END;
    }
    enum ignore_verdict verdict = judge(walk, true);
    if (verdict == IGNORE_YES || is_too_far(walk))
        return WALK_END;
    if (!frame_room(walk))
        return report(walk, entry, NULL, ENOMEM);
    int error = 0;
    const struct frame *frame = top_of(walk);
    struct directory *directory = directory_open(frame->directory, walk->path + frame->base, &error);
    if (directory == NULL)
        return report(walk, entry, NULL, error);
    push(walk, directory, walk->path_size + 1, verdict == IGNORE_NO || frame->takes_rest);
    return WALK_END;
}

/* One step: reports what is wrong with the top frame's directory, then visits its files, then its directories, then
 * leaves it. */
static enum walk_event step(struct walk *walk, struct walk_entry *entry)
{
    struct frame *frame = top_of(walk);
    if (frame->error != 0)
        return report_directory(walk, entry);
    int error = 0;
    const char *name = names_next(&frame->listing.files, &error);
    if (name != NULL)
        return visit_file(walk, entry, name, error);
    names_free(&frame->listing.files);
    name = names_next(&frame->listing.directories, &error);
    if (name != NULL)
        return visit_directory(walk, entry, name);
    pop(walk);
    return WALK_END;
}

enum walk_event walk_next(struct walk *walk, struct walk_entry *entry)
{
    enum walk_event event = WALK_END;
    while (event == WALK_END && walk->depth > 0)
        event = step(walk, entry);
    return event;
}

/* Whether a pattern takes the root itself in, whose name is before the slash that ends the prefix. */
static bool takes_root(struct walk *walk, size_t prefix_size)
{
    if (prefix_size == 0)
        return false;
    walk->path[prefix_size - 1] = '\0';
    enum ignore_verdict verdict = choice_judge_operand(walk->choice, walk->path, true);
    walk->path[prefix_size - 1] = '/';
    return verdict == IGNORE_NO;
}

static void push_root(struct walk *walk, struct directory *directory, size_t prefix_size)
{
    struct identity identity = {0};
    int error = walk->choice->one_file_system && !directory_identify(directory, &identity) ? errno : 0;
    walk->device = identity.device;
    push(walk, directory, prefix_size, takes_root(walk, prefix_size) || !walk->choice->only_included);
    if (error != 0) {
        listing_free(&top_of(walk)->listing);
        top_of(walk)->error = error;
    }
}

struct walk *walk_start(int descriptor, const char *prefix, size_t prefix_size, const struct choice *choice)
{
    static const struct choice everything;

    struct directory *directory = directory_new(descriptor);
    struct walk *walk = calloc(1, sizeof *walk);
    if (directory == NULL || walk == NULL || !path_room(walk, prefix_size + 2) || !frame_room(walk)) {
        directory_release(directory);
        walk_free(walk);
        return NULL;
    }
    memcpy(walk->path, prefix, prefix_size);
    walk->choice = choice != NULL ? choice : &everything;
    if (walk->choice->limits_depth && walk->choice->max_depth == 0)
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
        free_frame(&walk->frames[--walk->depth]);
    nfc_free(&walk->nfc);
    free(walk->frames);
    free(walk->path);
    free(walk);
}
