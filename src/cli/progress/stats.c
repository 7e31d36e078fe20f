/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the figures of a run when it is over. */
#include "progress/stats.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>

#include "progress/progress.h"
#include "util/message.h"

static int most_threads = 1;

void stats_threads(int threads)
{
    if (threads > most_threads)
        most_threads = threads;
}

/* In bytes; Linux counts in KiB. */
static uint64_t peak_memory(void)
{
    struct rusage usage;

    return getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_maxrss * 1024 : 0;
}

static void print_json(const struct progress_state *state, uint64_t rate)
{
    fprintf(stderr,
            "{\"type\":\"stats\",\"files\":%" PRIu64 ",\"bytes\":%" PRIu64 ",\"errors\":%" PRIu64
            ",\"seconds\":%.3f,\"bytes_per_second\":%" PRIu64 ",\"threads\":%d,\"peak_memory\":%" PRIu64 "}\n",
            state->files, state->bytes_read, message_errors(), state->seconds, rate, most_threads, peak_memory());
    fflush(stderr);
}

static void print_text(const struct progress_state *state, uint64_t rate)
{
    char bytes[SIZE_TEXT_SIZE];
    char speed[SIZE_TEXT_SIZE];
    char memory[SIZE_TEXT_SIZE];
    const uint64_t errors = message_errors();

    size_text(bytes, (double)state->bytes_read);
    size_text(speed, (double)rate);
    size_text(memory, (double)peak_memory());
    message_finding(STATUS_OK, NULL,
                    "%" PRIu64 " file%s, %s read, %" PRIu64 " error%s, %.3f s, %s/s, %d thread%s, %s of memory",
                    state->files, state->files == 1 ? "" : "s", bytes, errors, errors == 1 ? "" : "s", state->seconds,
                    speed, most_threads, most_threads == 1 ? "" : "s", memory);
}

void stats_print(bool json)
{
    const struct progress_state state = progress_get();
    const uint64_t rate = state.seconds > 0 ? (uint64_t)((double)state.bytes_read / state.seconds) : 0;

    if (json)
        print_json(&state, rate);
    else
        print_text(&state, rate);
}
