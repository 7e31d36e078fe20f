/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MPI process of a rank: it passes packets on between the process that works and the other ranks, and looks into
 * none. That process was forked before MPI_Init and is sandboxed, which MPI does not survive.
 */
#ifndef RELAY_H
#define RELAY_H

#include <sys/types.h>

/* Runs from MPI_Init to MPI_Finalize, as long as the process of rank 0 lives. Returns the status that it, or that of
 * another rank, exits with. */
int relay_run(int socket, pid_t child);

#endif
