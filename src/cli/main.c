/* SPDX-License-Identifier: Apache-2.0 */
/* The iscc program: finds the command and runs it. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "message.h"
#include "options.h"

/* A standard stream that is closed must not become some file's descriptor. What takes its place fails where it is used.
 */
static void occupy_standard_streams(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0)
            (void)!open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static bool has_ended;

/* A library that ends the process by itself, as an OpenMP runtime does that cannot have its threads, says 1 for it:
 * that would be "a verification failed". */
static void refuse_foreign_exit(void)
{
    if (!has_ended)
        _exit(STATUS_TROUBLE);
}

int main(int argc, char **argv)
{
    static char message_buffer[4096];

    occupy_standard_streams();
    atexit(refuse_foreign_exit);
    /* Each message is one write, so that those of several processes do not mix. */
    setvbuf(stderr, message_buffer, _IOFBF, sizeof message_buffer);

    struct invocation invocation = invocation_make(argv + 1, argc > 0 ? argc - 1 : 0);
    invocation.command->run(&invocation);
    has_ended = true;
    return status_get();
}
