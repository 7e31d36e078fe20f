/* SPDX-License-Identifier: Apache-2.0 */
/* A signal handler that only sets flags. */
#include "reuse/stop_signal.h"

#include <signal.h>
#include <stddef.h>

static atomic_bool *stopped;
static atomic_bool has_come;

/* Lock-free atomics are async-signal-safe (C11, 7.14.1.1). */
static void stop(int signal_number)
{
    (void)signal_number;
    atomic_store(&has_come, true);
    atomic_store(stopped, true);
}

void stop_signal_catch(atomic_bool *flag)
{
    struct sigaction action;

    if (sigaction(SIGTERM, NULL, &action) != 0 || action.sa_handler == SIG_IGN)
        return;
    stopped = flag;
    action = (struct sigaction){.sa_handler = stop, .sa_flags = SA_RESTART};
    sigaction(SIGTERM, &action, NULL);
}

bool stop_signal_has_come(void)
{
    return atomic_load(&has_come);
}
