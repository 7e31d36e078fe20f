/* SPDX-License-Identifier: Apache-2.0 */
/* Takes everything from the process that reads an archive except reading, computing and writing to its pipe. */
#ifndef CONFINEMENT_H
#define CONFINEMENT_H

#include <stdbool.h>

/* Limits the memory of the process, and with `filters`, the system calls that it may make; irreversible. Where the
 * system has no such filter, the process goes on without. */
void confinement_enter(bool filters);

#endif
