/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A loop without a call that blocks: what is sent is sent in the background, and a message is received only when it is
 * there. Blocking sends in both directions would hang, and a blocking receive would keep a processor busy.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* ppoll */
#endif
#include "relay.h"

#include <errno.h>
#include <mpi.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cluster/packet.h"

/* Messages to other ranks: a packet without its rank; a worker has ended; the run is over; and the answer to that. */
enum { TAG_PACKET = 1, TAG_LOST, TAG_END, TAG_BYE };

/* A pause while nothing happens. It doubles up to the longest. */
enum { PAUSE_MIN = 20000, PAUSE_MAX = 500000 /* nanoseconds */ };

struct message {
    struct message *next;
    MPI_Request request;
    size_t size;
    unsigned char bytes[];
};

struct queue {
    struct message *first;
    struct message **end;
};

struct relay {
    int rank;
    int ranks;
    int socket;
    pid_t child;
    bool child_is_gone; /* it has closed its end */
    bool is_over;
    int byes;
    struct queue sending;   /* to other ranks */
    struct queue receiving; /* to the child, bounded by what a worker may have and answer */
    struct packet packet;
};

/* ---- Messages ---- */

/* Without memory the run cannot go on. */
static struct message *add(struct queue *queue, const void *bytes, size_t size)
{
    struct message *message = malloc(sizeof *message + size);

    if (message == NULL) {
        fputs("iscc-mpi: out of memory\n", stderr);
        fflush(stderr);
        MPI_Abort(MPI_COMM_WORLD, 2);
        _exit(2);
    }
    *message = (struct message){.request = MPI_REQUEST_NULL, .size = size};
    if (size > 0)
        memcpy(message->bytes, bytes, size);
    *queue->end = message;
    queue->end = &message->next;
    return message;
}

static void remove_first(struct queue *queue)
{
    struct message *first = queue->first;

    queue->first = first->next;
    if (queue->first == NULL)
        queue->end = &queue->first;
    free(first);
}

static void send_to(struct relay *relay, int rank, int tag, const void *bytes, size_t size)
{
    struct message *message = add(&relay->sending, bytes, size);
    MPI_Isend(message->bytes, (int)size, MPI_BYTE, rank, tag, MPI_COMM_WORLD, &message->request);
}

/* Frees what has been sent, in order. */
static bool finish_sends(struct relay *relay)
{
    int is_done = 1;
    bool is_busy = false;

    while (relay->sending.first != NULL && is_done) {
        MPI_Test(&relay->sending.first->request, &is_done, MPI_STATUS_IGNORE);
        if (is_done)
            remove_first(&relay->sending);
        is_busy = is_busy || is_done;
    }
    return is_busy;
}

/* ---- From the child ---- */

/* With rank 0 the run ends. Another rank's work is done by those that are left. */
static void lose_child(struct relay *relay)
{
    relay->child_is_gone = true;
    if (relay->rank > 0) {
        send_to(relay, 0, TAG_LOST, NULL, 0);
        return;
    }
    for (int rank = 1; rank < relay->ranks; rank++)
        send_to(relay, rank, TAG_END, NULL, 0);
    relay->is_over = relay->ranks == 1;
}

static bool send_packets(struct relay *relay)
{
    struct packet *packet = &relay->packet;
    bool is_busy = false;

    while (!relay->child_is_gone) {
        const ssize_t got = recv(relay->socket, packet->bytes, sizeof packet->bytes, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        is_busy = true;
        if (got <= PACKET_RANK_SIZE) {
            lose_child(relay);
            break;
        }
        const uint32_t rank = packet_rank(packet);
        if (rank < (uint32_t)relay->ranks && (int)rank != relay->rank)
            send_to(relay, (int)rank, TAG_PACKET, packet->bytes + PACKET_RANK_SIZE, (size_t)got - PACKET_RANK_SIZE);
    }
    return is_busy;
}

/* ---- To the child ---- */

static void hand_over(struct relay *relay)
{
    while (relay->receiving.first != NULL) {
        const struct message *message = relay->receiving.first;
        if (!relay->child_is_gone &&
            send(relay->socket, message->bytes, message->size, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 &&
            (errno == EAGAIN || errno == EINTR || errno == ENOBUFS))
            return;
        remove_first(&relay->receiving);
    }
}

static void end_worker(struct relay *relay)
{
    if (!relay->child_is_gone)
        kill(relay->child, SIGKILL);
    relay->child_is_gone = true;
    send_to(relay, 0, TAG_BYE, NULL, 0);
    relay->is_over = true;
}

static void accept_message(struct relay *relay, int tag, int rank, int size)
{
    struct packet *packet = &relay->packet;

    MPI_Recv(packet->bytes + PACKET_RANK_SIZE, size, MPI_BYTE, rank, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    packet->size = (size_t)size + PACKET_RANK_SIZE;
    if (tag == TAG_LOST)
        packet_begin(packet, PACKET_LOST);
    packet_set_rank(packet, (uint32_t)rank);
    if (tag == TAG_END)
        end_worker(relay);
    else if (tag == TAG_BYE)
        relay->is_over = ++relay->byes == relay->ranks - 1;
    else
        add(&relay->receiving, packet->bytes, packet->size);
}

static bool receive_messages(struct relay *relay)
{
    int is_there = relay->ranks > 1;
    bool is_busy = false;

    while (is_there && !relay->is_over) {
        MPI_Status status;
        int size = 0;
        MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &is_there, &status);
        if (!is_there)
            break;
        MPI_Get_count(&status, MPI_BYTE, &size);
        accept_message(relay, status.MPI_TAG, status.MPI_SOURCE, size);
        is_busy = true;
    }
    return is_busy;
}

/* ---- The loop ---- */

static void welcome(struct relay *relay)
{
    packet_begin(&relay->packet, PACKET_WELCOME);
    packet_put32(&relay->packet, (uint32_t)relay->rank);
    packet_put32(&relay->packet, (uint32_t)relay->ranks);
    add(&relay->receiving, relay->packet.bytes, relay->packet.size);
}

/* A single rank listens to its child alone. */
static void wait_a_little(const struct relay *relay, long nanoseconds)
{
    const struct timespec pause = {.tv_nsec = nanoseconds};
    struct pollfd wait = {.fd = relay->child_is_gone ? -1 : relay->socket, .events = POLLIN};

    ppoll(&wait, 1, relay->ranks > 1 ? &pause : NULL, NULL);
}

static void relay_messages(struct relay *relay)
{
    long pause = PAUSE_MIN;

    welcome(relay);
    while (!relay->is_over) {
        bool is_busy = send_packets(relay);
        is_busy = receive_messages(relay) || is_busy;
        hand_over(relay);
        is_busy = finish_sends(relay) || is_busy;
        if (is_busy)
            pause = PAUSE_MIN;
        else if (!relay->is_over)
            wait_a_little(relay, pause);
        if (!is_busy && pause < PAUSE_MAX)
            pause *= 2;
    }
    for (; relay->sending.first != NULL; remove_first(&relay->sending))
        MPI_Wait(&relay->sending.first->request, MPI_STATUS_IGNORE);
    while (relay->receiving.first != NULL)
        remove_first(&relay->receiving);
}

/* ---- Signals ---- */

static volatile sig_atomic_t signalled_child;

static void pass_on(int signal_number)
{
    const int error = errno;

    if (signalled_child > 0)
        kill((pid_t)signalled_child, signal_number);
    errno = error;
}

/* The process of rank 0 decides what a signal means. The others go on until it has ended: it may still print. */
static void set_signals(const struct relay *relay)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1};
    struct sigaction action = {.sa_handler = relay->rank == 0 ? pass_on : SIG_IGN, .sa_flags = SA_RESTART};

    signalled_child = (sig_atomic_t)relay->child;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        sigaction(signals[i], &action, NULL);
}

static int child_status(pid_t child)
{
    int status = 0;

    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int relay_run(int socket, pid_t child)
{
    struct relay *relay = calloc(1, sizeof *relay);
    int status = 2;

    MPI_Init(NULL, NULL);
    if (relay == NULL) {
        MPI_Abort(MPI_COMM_WORLD, status);
        return status;
    }
    *relay = (struct relay){.socket = socket, .child = child};
    relay->sending.end = &relay->sending.first;
    relay->receiving.end = &relay->receiving.first;
    MPI_Comm_rank(MPI_COMM_WORLD, &relay->rank);
    MPI_Comm_size(MPI_COMM_WORLD, &relay->ranks);
    set_signals(relay);
    relay_messages(relay);
    status = relay->rank == 0 ? child_status(child) : 0;
    signalled_child = 0;
    MPI_Finalize();
    free(relay);
    return status;
}
