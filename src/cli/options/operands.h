/* SPDX-License-Identifier: Apache-2.0 */
/* The operands of a command line. */
#ifndef OPERANDS_H
#define OPERANDS_H

#include <stdbool.h>

struct operands {
    const char *const *arguments;
    int count;
    const char *command;       /* its name, for usage errors; NULL if none can occur */
    bool first_may_be_command; /* no command was named, so the first operand may be a mistyped command */
};

#endif
