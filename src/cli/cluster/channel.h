/* SPDX-License-Identifier: Apache-2.0 */
/* Packets over a socket of type SOCK_SEQPACKET, which keeps them apart. */
#ifndef CHANNEL_H
#define CHANNEL_H

#include <stdbool.h>

#include "cluster/packet.h"

enum channel_event { CHANNEL_NOTHING, CHANNEL_PACKET, CHANNEL_CLOSED };

/* Makes a pair of sockets, which programs that are started do not inherit. Returns false with errno set on failure. */
bool channel_pair(int sockets[2]);

/* Sends a packet, and waits until there is room for it. Returns false if the other end is closed. */
bool channel_send(int socket, const struct packet *packet);

/* Receives a packet, for which it waits up to so many milliseconds (-1: without end); a signal ends the wait. */
enum channel_event channel_receive(int socket, int milliseconds, struct packet *packet);

#endif
