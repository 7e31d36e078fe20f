/* SPDX-License-Identifier: Apache-2.0 */
/* Recognizes the names that the system gives to open descriptors. */
#include "files/open_stream.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "util/number.h"

static int number_in(const char *operand, const char *directory)
{
    const size_t size = strlen(directory);
    uint64_t number;

    return strncmp(operand, directory, size) == 0 && number_parse(operand + size, 0, INT_MAX, &number) ? (int)number
                                                                                                       : -1;
}

int open_stream_number(const char *operand, const struct stat *status)
{
    if (S_ISREG(status->st_mode) || S_ISDIR(status->st_mode))
        return -1;
    if (strcmp(operand, "/dev/stdin") == 0)
        return STDIN_FILENO;
    const int number = number_in(operand, "/dev/fd/");
    return number >= 0 ? number : number_in(operand, "/proc/self/fd/");
}
