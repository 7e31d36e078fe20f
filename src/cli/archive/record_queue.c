/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps records until those before them are complete. */
#include "archive/record_queue.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct record_queue record_queue_make(int pipe)
{
    return (struct record_queue){.pipe = pipe};
}

void record_queue_free(struct record_queue *queue)
{
    while (queue->first != NULL) {
        struct record *next = queue->first->next;
        free(queue->first);
        queue->first = next;
    }
}

struct record *record_queue_add(struct record_queue *queue, const char *start, size_t start_size, const char *rest,
                                size_t rest_size)
{
    struct record *record = malloc(sizeof *record + start_size + rest_size + 1);

    if (record == NULL)
        return NULL;
    *record = (struct record){.wire = {.name_size = (uint32_t)(start_size + rest_size)}, .is_pending = true};
    memcpy(record->name, start, start_size);
    memcpy(record->name + start_size, rest, rest_size);
    record->name[start_size + rest_size] = '\0';
    if (queue->first == NULL)
        queue->last = &queue->first;
    *queue->last = record;
    queue->last = &record->next;
    return record;
}

/* Without a reader there is nothing left to do. */
static void write_bytes(const struct record_queue *queue, const void *bytes, size_t size)
{
    if (!wire_write(queue->pipe, bytes, size))
        _exit(1);
}

void record_queue_write(struct record_queue *queue)
{
    write_bytes(queue, queue->buffer, queue->size);
    queue->size = 0;
}

static void add_bytes(struct record_queue *queue, const void *bytes, size_t size)
{
    if (size > sizeof queue->buffer - queue->size)
        record_queue_write(queue);
    if (size > sizeof queue->buffer) {
        write_bytes(queue, bytes, size);
        return;
    }
    memcpy(queue->buffer + queue->size, bytes, size);
    queue->size += size;
}

void record_queue_flush(struct record_queue *queue)
{
    while (queue->first != NULL && !queue->first->is_pending) {
        struct record *record = queue->first;
        add_bytes(queue, &record->wire, sizeof record->wire);
        add_bytes(queue, record->name, record->wire.name_size);
        queue->first = record->next;
        free(record);
    }
}
