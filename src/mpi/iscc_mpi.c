/* SPDX-License-Identifier: Apache-2.0 */
/* The iscc-mpi program: forks what works, as rank 0 or another, and becomes the MPI process. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cluster/channel.h"
#include "cluster/coordinator.h"
#include "cluster/worker.h"
#include "output/sandbox.h"
#include "program.h"
#include "progress/progress.h"
#include "relay.h"
#include "runtime.h"
#include "util/child.h"
#include "util/message.h"

/* Waits until the MPI process knows which rank this is. */
static bool receive_rank(int socket, uint32_t *rank, uint32_t *ranks)
{
    static struct packet packet;
    enum channel_event event;

    while ((event = channel_receive(socket, -1, &packet)) == CHANNEL_NOTHING)
        continue;
    if (event != CHANNEL_PACKET || packet_open(&packet) != PACKET_WELCOME)
        return false;
    *rank = packet_get32(&packet);
    *ranks = packet_get32(&packet);
    return packet_is_read(&packet) && *rank < *ranks;
}

/* The MPI process ends a worker when the run is over, so signals do not. */
static int run_worker(int socket)
{
    static const int ignored[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1};

    progress_init();
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        signal(ignored[i], SIG_IGN);
    child_leave_stream(STDIN_FILENO);
    child_leave_stream(STDOUT_FILENO);
    sandbox_enter(NULL);
    return worker_run(socket);
}

static int run_first(int socket, uint32_t ranks, int argc, char **argv)
{
    struct crew crew;
    const struct engine_elsewhere elsewhere = coordinator_of(&crew);
    int status = STATUS_TROUBLE;

    if (!crew_init(&crew, socket, ranks - 1)) {
        message_error(NULL, strerror(ENOMEM));
    } else {
        if (ranks > 1)
            engine_go_elsewhere(&elsewhere);
        status = program_run(argc, argv, true);
    }
    crew_free(&crew);
    return status;
}

static int run_child(int socket, pid_t parent, int argc, char **argv)
{
    uint32_t rank;
    uint32_t ranks;

    child_end_with(parent);
    if (!receive_rank(socket, &rank, &ranks))
        return STATUS_TROUBLE;
    return rank == 0 ? run_first(socket, ranks, argc, argv) : run_worker(socket);
}

int main(int argc, char **argv)
{
    const pid_t own = getpid();
    int sockets[2];

    program_prepare();
    if (!channel_pair(sockets)) {
        message_error(NULL, strerror(errno));
        return STATUS_TROUBLE;
    }
    const pid_t child = fork();
    if (child < 0) {
        message_error(NULL, strerror(errno));
        return STATUS_TROUBLE;
    }
    close(sockets[child == 0 ? 0 : 1]);
    const int status = child == 0 ? run_child(sockets[1], own, argc, argv) : relay_run(sockets[0], child);
    runtime_mark_finished();
    return status;
}
