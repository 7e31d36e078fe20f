/* SPDX-License-Identifier: Apache-2.0 */
/* Launchers of parallel programs, such as mpirun and srun. */
#ifndef LAUNCHER_H
#define LAUNCHER_H

/* Says that each of several processes does all the work, if a launcher has started them and this one is the first. */
void launcher_warn(void);

#endif
