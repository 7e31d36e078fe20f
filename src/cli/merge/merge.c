/* SPDX-License-Identifier: Apache-2.0 */
/* A heap of parts, of which the top has the next line. */
#include "merge/merge.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "merge/part_set.h"
#include "output/output.h"
#include "util/message.h"

struct merge {
    struct part_set set;
    struct walk_order order;
    struct part **heap; /* those that have a line */
    size_t count;
    struct output *output;
    struct part_line last_error; /* that was written: its path and its operand; see is_repeated() */
    bool has_files;
};

/* Of equal lines, that of the lower shard comes first. */
static bool comes_before(struct merge *merge, const struct part *a, const struct part *b)
{
    const int order = part_line_compare(&merge->order, part_line(a), part_line(b));
    return order != 0 ? order < 0 : a->shard.number < b->shard.number;
}

static void sift_down(struct merge *merge, size_t at)
{
    struct part **heap = merge->heap;

    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < merge->count; child++)
            if (comes_before(merge, heap[child], heap[least]))
                least = child;
        if (least == at)
            return;
        struct part *part = heap[at];
        heap[at] = heap[least];
        heap[least] = part;
        at = least;
    }
}

static bool fill_heap(struct merge *merge)
{
    bool good = true;

    for (size_t i = 0; i < merge->set.count; i++) {
        struct part *part = &merge->set.parts[i];
        const enum part_event event = part_next(part, &merge->order);
        good = good && event != PART_FAILED;
        if (event == PART_LINE)
            merge->heap[merge->count++] = part;
    }
    for (size_t i = merge->count / 2; good && i > 0; i--)
        sift_down(merge, i - 1);
    return good;
}

/* What a walk could not read, every shard reports: one run reports it once. */
static bool is_repeated(struct merge *merge, const struct part_line *line)
{
    struct part_line *last = &merge->last_error;

    return line->is_error && last->text != NULL && last->operand == line->operand &&
           strcmp(last->text, line->path.path) == 0;
}

/* False if memory is short. */
static bool remember_error(struct merge *merge, const struct part_line *line)
{
    free(merge->last_error.text);
    merge->last_error = (struct part_line){.text = strdup(line->path.path), .operand = line->operand};
    return merge->last_error.text != NULL;
}

static bool write_line(struct merge *merge, const struct part_line *line)
{
    if (is_repeated(merge, line))
        return true;
    merge->has_files = merge->has_files || !line->is_error;
    output_write(merge->output, line->bytes, line->size);
    return !line->is_error || remember_error(merge, line);
}

static bool write_lines(struct merge *merge)
{
    while (merge->count > 0 && !output_failed(merge->output)) {
        struct part *part = merge->heap[0];
        if (!write_line(merge, part_line(part))) {
            message_error(NULL, strerror(ENOMEM));
            return false;
        }
        switch (part_next(part, &merge->order)) {
        case PART_FAILED:
            return false;
        case PART_END:
            merge->heap[0] = merge->heap[--merge->count];
            break;
        default:
            break;
        }
        sift_down(merge, 0);
    }
    return true;
}

static void run(struct merge *merge)
{
    merge->heap = calloc(merge->set.count, sizeof(struct part *));
    if (merge->heap == NULL) {
        message_error(NULL, strerror(ENOMEM));
        return;
    }
    if (fill_heap(merge) && write_lines(merge) && !output_failed(merge->output) && part_set_agrees(&merge->set))
        output_finish_list(merge->output, merge->has_files);
    else
        output_abandon(merge->output);
    merge->output = NULL;
}

void merge_parts(const struct operands *paths, const char *output)
{
    struct merge merge = {.set = {.parts = NULL}};

    if (part_set_open(&merge.set, paths))
        merge.output = output_open(output, merge.set.parts[0].reader.terminator);
    if (merge.output != NULL)
        run(&merge);
    if (merge.output != NULL)
        output_abandon(merge.output);
    free(merge.heap);
    free(merge.last_error.text);
    walk_order_free(&merge.order);
    part_set_close(&merge.set);
}
