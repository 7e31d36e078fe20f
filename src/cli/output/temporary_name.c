/* SPDX-License-Identifier: Apache-2.0 */
/* Makes and recognizes `.iscc-PROCESS-NANOSECONDS-ATTEMPT.tmp`. */
#include "output/temporary_name.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PREFIX ".iscc-"
#define SUFFIX ".tmp"

bool temporary_name_make(char *name, size_t capacity, unsigned attempt)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    const int size = snprintf(name, capacity, PREFIX "%" PRIxMAX "-%lx-%u" SUFFIX, (uintmax_t)getpid(),
                              (unsigned long)now.tv_nsec, attempt);
    return size > 0 && (size_t)size < capacity;
}

/* Skips one digit or more and the text behind them. Returns NULL if they are not there. */
static const char *skip_number(const char *text, const char *digits, const char *end)
{
    const size_t size = text == NULL ? 0 : strspn(text, digits);

    if (size == 0 || strncmp(text + size, end, strlen(end)) != 0)
        return NULL;
    return text + size + strlen(end);
}

bool temporary_name_is(const char *name)
{
    static const char hexadecimal[] = "0123456789abcdef";

    if (strncmp(name, PREFIX, sizeof PREFIX - 1) != 0)
        return false;
    const char *rest = skip_number(name + sizeof PREFIX - 1, hexadecimal, "-");
    rest = skip_number(rest, hexadecimal, "-");
    rest = skip_number(rest, "0123456789", SUFFIX);
    return rest != NULL && *rest == '\0';
}
