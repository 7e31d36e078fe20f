/* SPDX-License-Identifier: Apache-2.0 */
/* Sends and receives packets. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* SOCK_CLOEXEC */
#endif
#include "cluster/channel.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

bool channel_pair(int sockets[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) == 0;
}

bool channel_send(int socket, const struct packet *packet)
{
    ssize_t sent;

    do
        sent = send(socket, packet->bytes, packet->size, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)packet->size;
}

enum channel_event channel_receive(int socket, int milliseconds, struct packet *packet)
{
    struct pollfd wait = {.fd = socket, .events = POLLIN};

    if (poll(&wait, 1, milliseconds) <= 0)
        return CHANNEL_NOTHING;
    const ssize_t got = recv(socket, packet->bytes, sizeof packet->bytes, MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return CHANNEL_NOTHING;
    packet->size = got > 0 ? (size_t)got : 0;
    return got > 0 ? CHANNEL_PACKET : CHANNEL_CLOSED;
}
