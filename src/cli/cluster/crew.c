/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps count of workers and batches. */
#include "cluster/crew.h"

#include <stdlib.h>

#include "cluster/channel.h"

bool crew_init(struct crew *crew, int socket, size_t count)
{
    *crew = (struct crew){.socket = socket, .count = count, .present = count};
    crew->workers = calloc(count + 1, sizeof *crew->workers);
    crew->packet = calloc(1, sizeof *crew->packet);
    for (size_t i = 0; crew->workers != NULL && i < count; i++)
        crew->workers[i].share = BATCH_JOBS_MAX;
    return crew->workers != NULL && crew->packet != NULL;
}

void crew_free(struct crew *crew)
{
    free(crew->workers);
    free(crew->packet);
    crew->workers = NULL;
    crew->packet = NULL;
}

struct worker_state *crew_worker(const struct crew *crew, uint32_t rank)
{
    if (rank < 1 || rank > crew->count || crew->workers[rank - 1].is_lost)
        return NULL;
    return &crew->workers[rank - 1];
}

bool crew_send(struct crew *crew, uint32_t rank)
{
    packet_set_rank(crew->packet, rank);
    return channel_send(crew->socket, crew->packet);
}

bool crew_send_all(struct crew *crew)
{
    bool is_open = crew->present > 0;

    for (uint32_t rank = 1; rank <= crew->count && is_open; rank++)
        if (crew_worker(crew, rank) != NULL)
            is_open = crew_send(crew, rank);
    return is_open;
}

struct offered *crew_find(struct worker_state *worker, uint32_t number)
{
    for (size_t i = 0; i < worker->outstanding; i++)
        if (worker->offered[i].number == number)
            return &worker->offered[i];
    return NULL;
}

void crew_finish(struct worker_state *worker, struct offered *offered)
{
    worker->outstanding--;
    *offered = worker->offered[worker->outstanding];
}

void crew_void(struct crew *crew)
{
    for (size_t i = 0; i < crew->count; i++)
        for (size_t j = 0; j < crew->workers[i].outstanding; j++)
            crew->workers[i].offered[j].is_void = true;
}
