/* SPDX-License-Identifier: Apache-2.0 */
/* Which jobs are free, ready, being hashed or done, and who may do what next. */
#include "hash/ring.h"

#include <stdlib.h>

bool ring_init(struct ring *ring, size_t directories_max)
{
    *ring = (struct ring){.threads = 1, .active = 1, .directories_max = directories_max};
    ring->slots = calloc(RING_SIZE, sizeof *ring->slots);
    return ring->slots != NULL;
}

void ring_free(struct ring *ring)
{
    /* Slots that were never used are not touched: the kernel would have to allocate their pages. */
    const size_t used = ring->tail < RING_SIZE ? ring->tail : RING_SIZE;
    for (size_t i = 0; ring->slots != NULL && i < used; i++)
        job_free(&ring->slots[i].job);
    free(ring->slots);
}

struct slot *ring_slot(const struct ring *ring, size_t number)
{
    return &ring->slots[number % RING_SIZE];
}

static bool may_walk(const struct ring *ring)
{
    return !ring->is_walking && !ring->is_exhausted && !ring->is_cancelled &&
           RING_SIZE - (ring->tail - ring->head) >= WALK_STEP && ring->path_bytes < RING_PATH_BYTES &&
           ring->directories < ring->directories_max;
}

static bool may_print(const struct ring *ring)
{
    return !ring->is_printing && ring->head < ring->tail && ring_slot(ring, ring->head)->state == STATE_DONE;
}

/* If a stream is named twice, the second job reads what the first has left, and must wait. Two streams are not told
 * apart, as one may have several names. */
static bool waits_for_stream(const struct ring *ring, const struct slot *slot)
{
    return ring->is_reading_stream && slot->job.kind == JOB_STREAM;
}

static bool may_hash(struct ring *ring)
{
    while (ring->ready < ring->tail && ring_slot(ring, ring->ready)->state != STATE_READY)
        ring->ready++;
    return ring->ready < ring->tail && !ring->is_cancelled && !waits_for_stream(ring, ring_slot(ring, ring->ready));
}

static void claim(struct ring *ring, struct slot *slot)
{
    slot->state = STATE_HASHING;
    slot->is_stream = slot->job.kind == JOB_STREAM;
    ring->is_reading_stream = ring->is_reading_stream || slot->is_stream;
}

static struct step begin_walk(struct ring *ring)
{
    ring->is_walking = true;
    const bool may_wait = !may_hash(ring);
    return (struct step){.role = ROLE_WALK,
                         .first = ring->tail,
                         .end = ring->tail + WALK_STEP,
                         .done = ring->tail,
                         .may_wait = may_wait,
                         .directories = ring->directories_max - ring->directories};
}

static struct step begin_print(struct ring *ring)
{
    struct step step = {.role = ROLE_PRINT, .first = ring->head, .end = ring->head, .done = ring->head};
    ring->is_printing = true;
    while (step.end < ring->tail && ring_slot(ring, step.end)->state == STATE_DONE)
        step.end++;
    return step;
}

/* The step gets smaller as fewer jobs are left, so that all threads finish at about the same time. */
static struct step begin_hash(struct ring *ring)
{
    const size_t share = (ring->tail - ring->ready) / (2 * (size_t)ring->threads) + 1;
    const size_t count = share < HASH_STEP ? share : HASH_STEP;
    struct step step = {.role = ROLE_HASH, .first = ring->ready, .end = ring->ready, .done = ring->ready};

    while (step.end < ring->tail && step.end - step.first < count && ring_slot(ring, step.end)->state == STATE_READY &&
           !waits_for_stream(ring, ring_slot(ring, step.end)))
        claim(ring, ring_slot(ring, step.end++));
    ring->ready = step.end;
    return step;
}

struct step ring_leave(struct ring *ring)
{
    ring->active--;
    return (struct step){.role = ROLE_NONE};
}

/* Printing goes first, as it frees slots. Then walking, if the hashers are about to run out of jobs. */
struct step ring_begin(struct ring *ring)
{
    if (ring->active > ring->threads)
        return ring_leave(ring);
    struct step step = {.role = ROLE_NONE};
    const size_t low = 2 * (size_t)ring->threads * HASH_STEP; /* so many make full steps */

    if (may_print(ring))
        step = begin_print(ring);
    else if (may_walk(ring) && (!may_hash(ring) || (!ring->is_dry && ring->tail - ring->ready < low)))
        step = begin_walk(ring);
    else if (may_hash(ring))
        step = begin_hash(ring);

    if (step.role == ROLE_NONE) {
        ring_leave(ring);
    } else if (ring->active < ring->threads && (may_hash(ring) || may_walk(ring) || may_print(ring))) {
        ring->active++;
        step.wants_helper = true;
    }
    return step;
}

/* Jobs that have failed already need no hashing. */
static void end_walk(struct ring *ring, const struct step *step)
{
    ring->is_walking = false;
    ring->is_exhausted = ring->is_exhausted || step->is_final;
    ring->is_dry = step->done == step->first;
    for (size_t i = step->first; i < step->done; i++) {
        struct slot *slot = ring_slot(ring, i);
        const struct job *job = &slot->job;
        slot->state = job->failure == 0 ? STATE_READY : STATE_DONE;
        slot->path_size = job->path_size;
        ring->path_bytes += slot->path_size;
        ring->directories += slot->is_directory;
    }
    ring->tail = step->done;
}

static void end_print(struct ring *ring, const struct step *step)
{
    ring->is_printing = false;
    ring->is_cancelled = ring->is_cancelled || step->is_final;
    for (size_t i = step->first; i < step->end; i++) {
        struct slot *slot = ring_slot(ring, i);
        slot->state = STATE_FREE;
        ring->path_bytes -= slot->path_size;
        ring->directories -= slot->is_directory;
    }
    ring->head = step->end;
}

/* Jobs of the step that were not hashed become ready again. */
static void end_hash(struct ring *ring, const struct step *step)
{
    for (size_t i = step->first; i < step->end; i++) {
        struct slot *slot = ring_slot(ring, i);
        slot->state = i < step->done ? STATE_DONE : STATE_READY;
        if (slot->is_stream)
            ring->is_reading_stream = false;
    }
    if (step->done < step->end && step->done < ring->ready)
        ring->ready = step->done;
}

void ring_end(struct ring *ring, const struct step *step)
{
    if (step->role == ROLE_WALK)
        end_walk(ring, step);
    else if (step->role == ROLE_HASH)
        end_hash(ring, step);
    else if (step->role == ROLE_PRINT)
        end_print(ring, step);
}
