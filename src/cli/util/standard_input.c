/* SPDX-License-Identifier: Apache-2.0 */
/* Says that the program waits for what is typed. */
#include "util/standard_input.h"

#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#include "util/message.h"
#include "util/terminal_line.h"

void standard_input_announce(void)
{
    static atomic_flag is_announced = ATOMIC_FLAG_INIT;

    if (!isatty(STDIN_FILENO) || atomic_flag_test_and_set(&is_announced))
        return;
    message_finding(STATUS_OK, NULL, "reading standard input");
    terminal_line_disable();
}
