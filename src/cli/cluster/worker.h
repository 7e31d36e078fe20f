/* SPDX-License-Identifier: Apache-2.0 */
/* The process of a rank that hashes what rank 0 offers. */
#ifndef WORKER_H
#define WORKER_H

/* Hashes batches from a socket until it is closed, on the threads of this process. Returns the status to exit with. */
int worker_run(int socket);

#endif
