/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as bytes, the lowest first. */
#include "cluster/packet.h"

#include <string.h>

/* ---- Writing ---- */

void packet_put_bytes(struct packet *packet, const void *bytes, size_t size)
{
    if (packet->is_bad || sizeof packet->bytes - packet->size < size) {
        packet->is_bad = true;
        return;
    }
    memcpy(packet->bytes + packet->size, bytes, size);
    packet->size += size;
}

static void put(struct packet *packet, uint64_t value, size_t size)
{
    unsigned char bytes[8];

    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(value >> 8 * i & 255);
    packet_put_bytes(packet, bytes, size);
}

void packet_put8(struct packet *packet, unsigned value)
{
    put(packet, value, 1);
}

void packet_put32(struct packet *packet, uint32_t value)
{
    put(packet, value, 4);
}

void packet_put64(struct packet *packet, uint64_t value)
{
    put(packet, value, 8);
}

void packet_put_time(struct packet *packet, const struct timespec *time)
{
    put(packet, (uint64_t)time->tv_sec, 8);
    put(packet, (uint64_t)time->tv_nsec, 4);
}

void packet_begin(struct packet *packet, enum packet_kind kind)
{
    packet->size = 0;
    packet->read = 0;
    packet->is_bad = false;
    put(packet, 0, PACKET_RANK_SIZE);
    packet_put8(packet, kind);
}

/* ---- Reading ---- */

const unsigned char *packet_get_bytes(struct packet *packet, size_t size)
{
    if (packet->is_bad || packet->size - packet->read < size) {
        packet->is_bad = true;
        return NULL;
    }
    packet->read += size;
    return packet->bytes + packet->read - size;
}

static uint64_t get(struct packet *packet, size_t size)
{
    const unsigned char *bytes = packet_get_bytes(packet, size);
    uint64_t value = 0;

    for (size_t i = size; bytes != NULL && i > 0; i--)
        value = value << 8 | bytes[i - 1];
    return value;
}

unsigned packet_get8(struct packet *packet)
{
    return (unsigned)get(packet, 1);
}

uint32_t packet_get32(struct packet *packet)
{
    return (uint32_t)get(packet, 4);
}

uint64_t packet_get64(struct packet *packet)
{
    return get(packet, 8);
}

struct timespec packet_get_time(struct packet *packet)
{
    const int64_t seconds = (int64_t)get(packet, 8);
    const uint64_t nanoseconds = get(packet, 4);
    struct timespec time = {.tv_sec = (time_t)seconds};

    if (time.tv_sec != seconds || nanoseconds >= 1000000000)
        packet->is_bad = true;
    else
        time.tv_nsec = (long)nanoseconds;
    return time;
}

unsigned packet_open(struct packet *packet)
{
    packet->read = PACKET_RANK_SIZE;
    packet->is_bad = packet->size < PACKET_HEADER_SIZE;
    const unsigned kind = packet_get8(packet);
    return kind <= PACKET_LOST ? kind : 0;
}

bool packet_is_read(const struct packet *packet)
{
    return !packet->is_bad && packet->read == packet->size;
}

uint32_t packet_rank(const struct packet *packet)
{
    uint32_t rank = 0;

    for (size_t i = PACKET_RANK_SIZE; i > 0; i--)
        rank = rank << 8 | packet->bytes[i - 1];
    return rank;
}

void packet_set_rank(struct packet *packet, uint32_t rank)
{
    for (size_t i = 0; i < PACKET_RANK_SIZE; i++)
        packet->bytes[i] = (unsigned char)(rank >> 8 * i & 255);
}
