/* SPDX-License-Identifier: Apache-2.0 */
/* iscc bench: measures the inner loops, and the grouping of near codes, on this machine. */
#include <string.h>

#include "bench/bench.h"
#include "commands/commands.h"
#include "util/message.h"

enum {
    ROUNDS_DEFAULT = 7,
    MEBIBYTE = 1 << 20,
    SIZE_DEFAULT = 16 * MEBIBYTE,
    SIZE_MAX_OF_BUFFER = 1024 * MEBIBYTE,
    CODES_DEFAULT = 1000000,
    CODES_MAX = 100000000
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Output:"),
    {0, "json", NULL, "print JSON Lines: one object for each row", SETS_FLAG(struct bench_settings, json)},
    OPTIONS_HEADING("What is measured:"),
    {0, "rounds", "N", "run everything N times in turn (1 to 1000; default 7)",
     SETS_NUMBER(struct bench_settings, rounds, 1, BENCH_ROUNDS_MAX)},
    {0, "size", "SIZE", "speed: measure with a buffer of SIZE, in mebibytes or with a unit (1M to 1G; default 16M)",
     ONLY_WITH("speed", SETS_SIZE(struct bench_settings, size, MEBIBYTE, MEBIBYTE, SIZE_MAX_OF_BUFFER))},
    {0, "codes", "N", "similar: make groups of N codes (1 to 100000000; default 1000000)",
     ONLY_WITH("similar", SETS_NUMBER(struct bench_settings, codes, 1, CODES_MAX))},
    OPTIONS_THRESHOLD(struct bench_settings, threshold, "similar"),
    {0, "full", NULL, "similar: compare every reference, not just a sample of them, with all later codes",
     ONLY_WITH("similar", SETS_FLAG(struct bench_settings, is_full))},
    {'j', "threads", "N", "similar: use N threads; default: one for each processor",
     ONLY_WITH("similar", SETS_INT(struct bench_settings, threads, 1, THREADS_MAX))},
    OPTIONS_HEADING("Other:"),
    OPTIONS_COMMON,
};

/* The first one is the default. */
static const struct {
    const char *name;
    void (*measure)(const struct bench_settings *settings, struct output *output);
} subjects[] = {{"speed", bench_speed}, {"similar", bench_similar}};

enum { SUBJECTS = sizeof subjects / sizeof subjects[0] };

/* Returns the index of the subject that the operands name, or SUBJECTS after a usage error. */
static size_t find_subject(const struct invocation *invocation)
{
    size_t subject = 0;

    if (invocation->count == 0)
        return 0;
    if (invocation->count > 1) {
        message_usage(command_bench.name, "extra operand '%s'", invocation->arguments[1]);
        return SUBJECTS;
    }
    while (subject < SUBJECTS && strcmp(subjects[subject].name, invocation->arguments[0]) != 0)
        subject++;
    if (subject == SUBJECTS)
        message_usage(command_bench.name, "unknown operand '%s' (speed or similar)", invocation->arguments[0]);
    return subject;
}

static void run(struct invocation *invocation)
{
    struct bench_settings settings = {.rounds = ROUNDS_DEFAULT,
                                      .size = SIZE_DEFAULT,
                                      .codes = CODES_DEFAULT,
                                      .threshold = THRESHOLD_DEFAULT,
                                      .threads = invocation->threads};

    if (!invocation_parse(invocation, &settings))
        return;
    const size_t subject = find_subject(invocation);
    struct output *output = subject == SUBJECTS ? NULL : output_open(NULL, '\n');
    if (output == NULL)
        return;
    subjects[subject].measure(&settings, output);
    output_finish(output);
}

const struct command command_bench = {
    .name = "bench",
    .synopsis = "[OPTION]... [speed|similar]",
    .summary = "measure the speed of the inner loops on this machine",
    .about =
        "With speed, or without an operand, print the speed of each kernel and of whole codes for each backend that "
        "this machine can run, on one thread and in memory: the median of the rounds and their range. With similar, "
        "print how long it takes to make groups of near codes, both with the library's index and by comparing each "
        "reference with all later codes, and whether the results agree.",
    .examples = "iscc bench\niscc bench similar --codes=100000",
    .options = options,
    .operands = "speed similar",
    .run = run,
};
