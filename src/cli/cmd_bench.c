/* SPDX-License-Identifier: Apache-2.0 */
/* iscc bench: how fast the kernels of each backend are on this machine, in memory. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "commands.h"
#include "iscc.h"
#include "json_line.h"
#include "message.h"
#include "number.h"
#include "output.h"

enum {
    ROUNDS_MAX = 1000,
    ROUNDS_DEFAULT = 7,
    MEBIBYTE = 1 << 20,
    SIZE_DEFAULT = 16 * MEBIBYTE,
    SIZE_MAX_OF_BUFFER = 1024 * MEBIBYTE
};

struct settings {
    bool json;
    uint64_t size;
    uint64_t rounds;
};

static const struct option_spec options[] = {
    {OPTION_JSON, "json", NULL, "print JSON Lines: one object for each row"},
    {OPTION_SIZE, "size", "SIZE",
     "measure on a buffer of SIZE: mebibytes, or a number with a unit (1M to 1G; default 16M)"},
    {OPTION_ROUNDS, "rounds", "N", "run everything N times in turn (1 to 1000; default 7)"},
    OPTIONS_COMMON,
};

static bool set_rounds(const char *value, uint64_t *rounds)
{
    if (number_parse(value, 1, ROUNDS_MAX, rounds))
        return true;
    message_usage(command_bench.name, "invalid argument '%s' for '--rounds' (1 to %d)", value, ROUNDS_MAX);
    return false;
}

static bool set_size(const char *value, uint64_t *size)
{
    if (size_parse(value, MEBIBYTE, size) == SIZE_READ && *size >= MEBIBYTE && *size <= SIZE_MAX_OF_BUFFER)
        return true;
    message_usage(command_bench.name, "invalid argument '%s' for '--size' (1M to 1G)", value);
    return false;
}

static bool set_option(void *context, int key, const char *value)
{
    struct settings *settings = context;

    switch (key) {
    case OPTION_JSON:
        settings->json = true;
        return true;
    case OPTION_SIZE:
        return set_size(value, &settings->size);
    case OPTION_ROUNDS:
        return set_rounds(value, &settings->rounds);
    default:
        return true;
    }
}

/* ---- Inputs: kinds of data on which a kernel may behave differently ---- */

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void fill_random(unsigned char *bytes, size_t size)
{
    uint64_t state = 1;
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)next_random(&state);
}

/* Words of a small vocabulary. */
static void fill_text(unsigned char *bytes, size_t size)
{
    static const char *const words[] = {"the ", "stream ", "of ", "bytes ", "is ", "cut ", "into ", "chunks,\n"};
    uint64_t state = 1;
    size_t used = 0;
    while (used < size) {
        const char *word = words[next_random(&state) % 8];
        while (*word != '\0' && used < size)
            bytes[used++] = (unsigned char)*word++;
    }
}

static void fill_zeros(unsigned char *bytes, size_t size)
{
    memset(bytes, 0, size);
}

static const struct {
    const char *name;
    void (*fill)(unsigned char *bytes, size_t size);
} inputs[] = {{"random", fill_random}, {"text", fill_text}, {"zeros", fill_zeros}};

enum { INPUTS = sizeof inputs / sizeof inputs[0] };

/* ---- Timing ---- */

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* One row: what was measured, and its speeds. */
struct row {
    size_t measure;
    const char *backend;
    const char *input;
    double speeds[ROUNDS_MAX]; /* GB/s; sorted in the end */
};

static void sort_speeds(struct row *row, size_t rounds)
{
    qsort(row->speeds, rounds, sizeof row->speeds[0], by_value);
}

static void print_text(struct output *output, const struct row *row, size_t rounds)
{
    char line[160];
    snprintf(line, sizeof line, "%-14s %-10s %-7s %7.2f GB/s  (%.2f-%.2f)\n", iscc_measure_name(row->measure),
             row->backend, row->input, row->speeds[rounds / 2], row->speeds[0], row->speeds[rounds - 1]);
    output_string(output, line);
}

static void print_json(struct output *output, const struct row *row, size_t rounds)
{
    cJSON *object = cJSON_CreateObject();
    bool made = object != NULL && cJSON_AddStringToObject(object, "type", "speed") != NULL &&
                cJSON_AddStringToObject(object, "measure", iscc_measure_name(row->measure)) != NULL &&
                cJSON_AddStringToObject(object, "backend", row->backend) != NULL &&
                cJSON_AddStringToObject(object, "input", row->input) != NULL &&
                cJSON_AddNumberToObject(object, "gigabytes_per_second", row->speeds[rounds / 2]) != NULL &&
                cJSON_AddNumberToObject(object, "slowest", row->speeds[0]) != NULL &&
                cJSON_AddNumberToObject(object, "fastest", row->speeds[rounds - 1]) != NULL;

    json_line_write(output, object, made, '\n', NULL);
}

static size_t count_backends(void)
{
    size_t count = 0;
    while (iscc_backend_available(count) != NULL)
        count++;
    return count;
}

/* Times one measure of every backend in turn, round by round, so that what disturbs the machine disturbs all alike. */
static bool measure_in_turn(struct row *rows, size_t backends, const unsigned char *bytes, size_t size, size_t rounds)
{
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < backends; i++) {
            const double before = seconds_now();
            if (iscc_measure(rows[i].measure, rows[i].backend, bytes, size) != ISCC_OK)
                return false;
            rows[i].speeds[round] = (double)size / (seconds_now() - before) / 1e9;
        }
    return true;
}

static void measure_all(const struct settings *settings, struct output *output, struct row *rows, unsigned char *bytes)
{
    const size_t size = (size_t)settings->size;
    const size_t rounds = (size_t)settings->rounds;
    const size_t backends = count_backends();

    for (size_t input = 0; input < INPUTS; input++) {
        inputs[input].fill(bytes, size);
        for (size_t measure = 0; iscc_measure_name(measure) != NULL; measure++) {
            for (size_t i = 0; i < backends; i++) {
                rows[i].measure = measure;
                rows[i].backend = iscc_backend_available(i);
                rows[i].input = inputs[input].name;
            }
            if (!measure_in_turn(rows, backends, bytes, size, rounds)) {
                message_error(iscc_measure_name(measure), "cannot be measured");
                continue;
            }
            for (size_t i = 0; i < backends; i++) {
                sort_speeds(&rows[i], rounds);
                (settings->json ? print_json : print_text)(output, &rows[i], rounds);
            }
            output_flush(output);
        }
    }
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.size = SIZE_DEFAULT, .rounds = ROUNDS_DEFAULT};

    if (!invocation_parse(invocation, set_option, &settings))
        return;
    if (invocation->count > 0) {
        message_usage(command_bench.name, "extra operand '%s'", invocation->arguments[0]);
        return;
    }
    struct output *output = output_open(NULL, '\n');
    if (output == NULL)
        return;
    unsigned char *bytes = malloc((size_t)settings.size);
    struct row *rows = calloc(count_backends(), sizeof *rows);
    if (bytes != NULL && rows != NULL)
        measure_all(&settings, output, rows, bytes);
    else
        message_error(NULL, strerror(ENOMEM));
    free(bytes);
    free(rows);
    output_finish(output);
}

const struct command command_bench = {
    .name = "bench",
    .synopsis = "[OPTION]...",
    .summary = "measure the kernels of each backend on this machine",
    .about =
        "Print the speed of each kernel, and of whole codes, for each backend that this machine can run: bytes of the "
        "stream per second on one thread, in memory; the median of the rounds and their range.",
    .options = options,
    .run = run,
};
