/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers for people: three digits are enough. */
#include "progress/progress_text.h"

#include <inttypes.h>
#include <stdio.h>

void size_text(char text[SIZE_TEXT_SIZE], double bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    size_t unit = 0;

    /* 999.5 would be rounded to 1000. */
    for (; bytes >= 999.5 && unit + 1 < sizeof units / sizeof units[0]; unit++)
        bytes /= 1000;
    snprintf(text, SIZE_TEXT_SIZE, unit > 0 && bytes < 9.95 ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
}

/* The part of the work that is done, in percent: of the bytes, or of the files where no size is known. Files that grow
 * and files that appear are not in the total. */
static double percent_done(const struct progress_state *state)
{
    const double done = state->total_bytes > 0 ? (double)state->bytes : (double)state->files;
    const double total = state->total_bytes > 0 ? (double)state->total_bytes : (double)state->total_files;

    return total <= 0 || done >= total ? 100 : 100 * done / total;
}

static int time_left(char *text, size_t size, double seconds)
{
    const uint64_t left = (uint64_t)(seconds + 0.5);

    if (left >= 3600)
        return snprintf(text, size, ", %" PRIu64 ":%02u:%02u left", left / 3600, (unsigned)(left / 60 % 60),
                        (unsigned)(left % 60));
    return snprintf(text, size, ", %u:%02u left", (unsigned)(left / 60), (unsigned)(left % 60));
}

void progress_text(char text[PROGRESS_TEXT_SIZE], const struct progress_state *state)
{
    char bytes[SIZE_TEXT_SIZE];
    char rate[SIZE_TEXT_SIZE];

    size_text(bytes, (double)state->bytes);
    size_text(rate, state->seconds > 0 ? (double)state->bytes_read / state->seconds : 0);
    if (!state->has_total) {
        snprintf(text, PROGRESS_TEXT_SIZE, "%" PRIu64 " file%s, %s, %s/s", state->files, state->files == 1 ? "" : "s",
                 bytes, rate);
        return;
    }
    const double percent = percent_done(state);
    const int size = snprintf(text, PROGRESS_TEXT_SIZE, "%d %% %" PRIu64 "/%" PRIu64 " files, %s/s", (int)percent,
                              state->files, state->total_files, rate);
    /* An estimate from next to nothing would jump about. */
    if (percent >= 1)
        time_left(text + size, PROGRESS_TEXT_SIZE - (size_t)size, state->seconds * (100 - percent) / percent);
}
