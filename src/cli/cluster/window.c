/* SPDX-License-Identifier: Apache-2.0 */
/* A ring of jobs with a state each, and where to look for the next job of a state. */
#include "cluster/window.h"

#include <stdlib.h>

/* A path can have megabytes in deep trees. */
#define PATH_BYTES_MAX ((size_t)64 * 1024 * 1024)

bool window_init(struct window *window, size_t jobs)
{
    *window = (struct window){.size = 1};
    while (window->size < jobs)
        window->size *= 2;
    window->slots = calloc(window->size, sizeof *window->slots);
    return window->slots != NULL;
}

void window_free(struct window *window)
{
    const size_t used = window->tail < window->size ? window->tail : window->size;

    for (size_t i = 0; window->slots != NULL && i <= used && i < window->size; i++)
        job_free(&window->slots[i].job);
    free(window->slots);
    window->slots = NULL;
}

static struct window_slot *slot_of(const struct window *window, size_t number)
{
    return &window->slots[number & (window->size - 1)];
}

struct job *window_job(const struct window *window, size_t number)
{
    return &slot_of(window, number)->job;
}

enum window_state window_state(const struct window *window, size_t number)
{
    return slot_of(window, number)->state;
}

bool window_has_room(const struct window *window)
{
    return window->tail - window->head < window->size && window->path_bytes < PATH_BYTES_MAX;
}

void window_add(struct window *window, enum window_state state)
{
    struct window_slot *slot = slot_of(window, window->tail);

    slot->state = state;
    slot->path_size = slot->job.path_size;
    window->path_bytes += slot->path_size;
    window->count[state]++;
    window->tail++;
}

void window_set(struct window *window, size_t number, enum window_state state)
{
    struct window_slot *slot = slot_of(window, number);

    window->count[slot->state]--;
    window->count[state]++;
    slot->state = state;
    if (state != WINDOW_DONE && number < window->from[state])
        window->from[state] = number;
}

bool window_find(struct window *window, enum window_state state, size_t *number)
{
    size_t *from = &window->from[state];

    if (window->count[state] == 0)
        return false;
    if (*from < window->head)
        *from = window->head;
    while (*from < window->tail && slot_of(window, *from)->state != state)
        ++*from;
    *number = *from;
    return *from < window->tail;
}

bool window_is_head_done(const struct window *window)
{
    return window->head < window->tail && slot_of(window, window->head)->state == WINDOW_DONE;
}

void window_remove(struct window *window)
{
    struct window_slot *slot = slot_of(window, window->head);

    job_trim(&slot->job);
    window->path_bytes -= slot->path_size;
    window->count[WINDOW_DONE]--;
    window->head++;
}
