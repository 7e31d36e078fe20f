/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the command and runs it. */
#include "program.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "archive/archive_process.h"
#include "commands/commands.h"
#include "options/options.h"
#include "progress/progress.h"
#include "progress/stats.h"
#include "runtime.h"
#include "util/message.h"

/* Opens /dev/null in place of closed standard streams, so that no file gets their descriptor. The wrong mode makes each
 * use fail as if the stream were still closed. */
static void occupy_standard_streams(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0)
            (void)!open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void program_prepare(void)
{
    static char message_buffer[4096];

    occupy_standard_streams();
    /* A write beyond the file size limit then fails with EFBIG, and is reported like any other error. */
    signal(SIGXFSZ, SIG_IGN);
    /* With a buffer each message is one write, so that messages of several processes do not mix. */
    setvbuf(stderr, message_buffer, _IOFBF, sizeof message_buffer);
}

int program_run(int argc, char **argv, bool is_distributed)
{
    progress_init();
    struct invocation invocation = invocation_make(commands, argv + 1, argc > 0 ? argc - 1 : 0);
    invocation.is_sandboxed = true;
    invocation.is_distributed = is_distributed;
    invocation.command->run(&invocation);
    progress_stop();
    archive_process_stop();
    if (invocation.prints_stats && !message_was_usage())
        stats_print(invocation_has(&invocation, "json"));
    runtime_mark_finished();
    return status_get();
}
