/* SPDX-License-Identifier: Apache-2.0 */
/* iscc bench: how fast the inner loops, and groups of near codes, are on this machine. */
#include <string.h>

#include "bench/bench.h"
#include "commands/commands.h"
#include "util/message.h"
#include "util/number.h"

enum {
    ROUNDS_DEFAULT = 7,
    MEBIBYTE = 1 << 20,
    SIZE_DEFAULT = 16 * MEBIBYTE,
    SIZE_MAX_OF_BUFFER = 1024 * MEBIBYTE,
    CODES_DEFAULT = 1000000,
    CODES_MAX = 100000000
};

static const struct option_spec options[] = {
    {OPTION_JSON, "json", NULL, "print JSON Lines: one object for each row"},
    {OPTION_ROUNDS, "rounds", "N", "run everything N times in turn (1 to 1000; default 7)"},
    {OPTION_SIZE, "size", "SIZE",
     "speed: measure on a buffer of SIZE: mebibytes, or a number with a unit (1M to 1G; default 16M)"},
    {OPTION_CODES, "codes", "N", "similar: make groups of N codes (1 to 100000000; default 1000000)"},
    OPTIONS_THRESHOLD,
    {OPTION_FULL, "full", NULL, "similar: compare every reference with all later codes, and not a sample of them"},
    {'j', "threads", "N", "similar: use N threads; default: one for each processor"},
    OPTIONS_COMMON,
};

/* What can be measured; the first one where no word is given. */
static const struct {
    const char *name;
    void (*measure)(const struct bench_settings *settings, struct output *output);
    int options[4]; /* that are not for the others */
} subjects[] = {
    {"speed", bench_speed, {OPTION_SIZE}},
    {"similar", bench_similar, {OPTION_CODES, OPTION_THRESHOLD, OPTION_FULL, 'j'}},
};

enum { SUBJECTS = sizeof subjects / sizeof subjects[0] };

struct command_line {
    struct bench_settings settings;
    const char *option[SUBJECTS]; /* its name */
};

static bool set_number(const char *option, const char *value, uint64_t maximum, uint64_t *number)
{
    if (number_parse(value, 1, maximum, number))
        return true;
    message_usage(command_bench.name, "invalid argument '%s' for '--%s' (1 to %llu)", value, option,
                  (unsigned long long)maximum);
    return false;
}

static bool set_size(const char *value, uint64_t *size)
{
    if (size_parse(value, MEBIBYTE, size) == SIZE_READ && *size >= MEBIBYTE && *size <= SIZE_MAX_OF_BUFFER)
        return true;
    message_usage(command_bench.name, "invalid argument '%s' for '--size' (1M to 1G)", value);
    return false;
}

/* Remembers whose option it is. */
static void note_subject(struct command_line *line, int key)
{
    const struct option_spec *option = options;
    while (option->key != key)
        option++;
    for (size_t i = 0; i < SUBJECTS; i++)
        for (size_t j = 0; j < sizeof subjects[i].options / sizeof subjects[i].options[0]; j++)
            if (subjects[i].options[j] == key)
                line->option[i] = option->long_name;
}

static bool set_option(void *context, int key, const char *value)
{
    struct command_line *line = context;
    struct bench_settings *settings = &line->settings;

    note_subject(line, key);
    switch (key) {
    case OPTION_JSON:
        settings->json = true;
        return true;
    case OPTION_ROUNDS:
        return set_number("rounds", value, BENCH_ROUNDS_MAX, &settings->rounds);
    case OPTION_SIZE:
        return set_size(value, &settings->size);
    case OPTION_CODES:
        return set_number("codes", value, CODES_MAX, &settings->codes);
    case OPTION_THRESHOLD:
        return threshold_parse(command_bench.name, value, &settings->threshold);
    case OPTION_FULL:
        settings->is_full = true;
        return true;
    default:
        return true;
    }
}

/* The subject that the operands name, or SUBJECTS after a usage error. */
static size_t find_subject(const struct invocation *invocation, const struct command_line *line)
{
    size_t subject = 0;

    if (invocation->count > 1) {
        message_usage(command_bench.name, "extra operand '%s'", invocation->arguments[1]);
        return SUBJECTS;
    }
    if (invocation->count == 1)
        while (subject < SUBJECTS && strcmp(subjects[subject].name, invocation->arguments[0]) != 0)
            subject++;
    if (subject == SUBJECTS)
        message_usage(command_bench.name, "unknown operand '%s' (speed or similar)", invocation->arguments[0]);
    for (size_t other = 0; other < SUBJECTS && subject < SUBJECTS; other++)
        if (other != subject && line->option[other] != NULL) {
            message_usage(command_bench.name, "option '--%s' is for '%s' alone", line->option[other],
                          subjects[other].name);
            return SUBJECTS;
        }
    return subject;
}

static void run(struct invocation *invocation)
{
    struct command_line line = {
        .settings = {
            .rounds = ROUNDS_DEFAULT, .size = SIZE_DEFAULT, .codes = CODES_DEFAULT, .threshold = THRESHOLD_DEFAULT}};

    if (!invocation_parse(invocation, set_option, &line))
        return;
    const size_t subject = find_subject(invocation, &line);
    if (subject == SUBJECTS)
        return;
    struct output *output = output_open(NULL, '\n');
    if (output == NULL)
        return;
    line.settings.threads = invocation->threads;
    subjects[subject].measure(&line.settings, output);
    output_finish(output);
}

const struct command command_bench = {
    .name = "bench",
    .synopsis = "[OPTION]... [speed|similar]",
    .summary = "measure the speed of the inner loops on this machine",
    .about =
        "With speed, or without a word, print the speed of each kernel, and of whole codes, for each backend that this "
        "machine can run: bytes of the stream per second on one thread, in memory; the median of the rounds and their "
        "range. With similar, print how long it takes to make groups of near codes with the library's index, and by "
        "comparing all with all, and whether both give the same.",
    .options = options,
    .operands = "speed similar",
    .run = run,
};
