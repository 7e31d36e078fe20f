/* SPDX-License-Identifier: Apache-2.0 */
/* What iscc and iscc-mpi have in common: a run of a command. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>

/* Before anything else is opened. */
void program_prepare(void);

/* Finds the command and runs it. `is_distributed`: what a launcher has started several times is one run. Returns the
 * status to exit with. */
int program_run(int argc, char **argv, bool is_distributed);

#endif
