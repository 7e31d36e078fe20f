/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes that the processes of a cluster send each other, in one form for all machines, and checked when they are
 * read. A packet is a datagram: the rank that it goes to or comes from, what it is, and its content.
 */
#ifndef PACKET_H
#define PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

enum packet_kind {
    PACKET_WELCOME = 1, /* to a process from its own MPI process: its rank, and the number of ranks */
    PACKET_RUN,         /* to a worker: how to hash the files of the batches that follow */
    PACKET_BATCH,       /* to a worker: files to hash */
    PACKET_RESULT,      /* from it: what became of them */
    PACKET_LOST         /* to rank 0 from a worker's MPI process: the worker has ended */
};

/* A datagram of a UNIX socket may have three times as much. */
enum { PACKET_SIZE_MAX = 64 * 1024, PACKET_RANK_SIZE = 4, PACKET_HEADER_SIZE = PACKET_RANK_SIZE + 1 };

struct packet {
    size_t size;
    size_t read; /* offset of what has not been read yet */
    bool is_bad; /* more was written than fits, or read than is there */
    unsigned char bytes[PACKET_SIZE_MAX];
};

/* Starts writing a packet. */
void packet_begin(struct packet *packet, enum packet_kind kind);

void packet_put8(struct packet *packet, unsigned value);
void packet_put32(struct packet *packet, uint32_t value);
void packet_put64(struct packet *packet, uint64_t value);
void packet_put_time(struct packet *packet, const struct timespec *time);
void packet_put_bytes(struct packet *packet, const void *bytes, size_t size);

/* Starts reading a packet that was received. Returns its kind, or 0 if it has none. */
unsigned packet_open(struct packet *packet);

/* After a read that fails these return zeros. */
unsigned packet_get8(struct packet *packet);
uint32_t packet_get32(struct packet *packet);
uint64_t packet_get64(struct packet *packet);
struct timespec packet_get_time(struct packet *packet);

/* Returns the next `size` bytes, which stay in the packet; NULL if there are fewer. */
const unsigned char *packet_get_bytes(struct packet *packet, size_t size);

/* Whether everything was read and nothing was wrong. */
bool packet_is_read(const struct packet *packet);

uint32_t packet_rank(const struct packet *packet);
void packet_set_rank(struct packet *packet, uint32_t rank);

#endif
