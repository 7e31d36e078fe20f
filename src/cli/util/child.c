/* SPDX-License-Identifier: Apache-2.0 */
/* Ties a process to its parent, and unties it from the standard streams. */
#include "util/child.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

void child_end_with(pid_t parent)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
#endif
    if (getppid() != parent)
        _exit(1);
}

void child_leave_stream(int stream)
{
    const int null = open("/dev/null", O_RDWR);

    if (null < 0)
        return;
    dup2(null, stream);
    if (null != stream)
        close(null);
}
