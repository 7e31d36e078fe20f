/* SPDX-License-Identifier: Apache-2.0 */
/* SIGTERM, which job schedulers send before the time of a job is over. */
#ifndef STOP_SIGNAL_H
#define STOP_SIGNAL_H

#include <stdatomic.h>
#include <stdbool.h>

/* Lets SIGTERM set this flag instead of ending the process, unless the signal is ignored. Call it once, before an
 * output is opened. */
void stop_signal_catch(atomic_bool *flag);

/* Whether the signal has come. */
bool stop_signal_has_come(void);

#endif
