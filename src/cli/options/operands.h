/* SPDX-License-Identifier: Apache-2.0 */
/* What a command line leaves besides its options. */
#ifndef OPERANDS_H
#define OPERANDS_H

#include <stdbool.h>

struct operands {
    const char *const *arguments;
    int count;
    const char *command;       /* its name, for messages; may be NULL where there can be no usage error */
    bool first_may_be_command; /* the first one stands where a command word could, and so may be a mistyped one */
};

#endif
