/* SPDX-License-Identifier: Apache-2.0 */
/* Guards the exit status against libraries that end the process. */
#ifndef RUNTIME_H
#define RUNTIME_H

/*
 * To be called when the program is about to exit with its own status. If a library calls exit() before that, as OpenMP
 * runtimes do if they cannot start their threads or allocate memory, the process exits with STATUS_TROUBLE.
 */
void runtime_mark_finished(void);

#endif
