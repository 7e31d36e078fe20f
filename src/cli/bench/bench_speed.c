/* SPDX-License-Identifier: Apache-2.0 */
/* iscc bench speed: measures the kernels of each backend on this machine, in memory. */
#include <errno.h>
#include <iscc/iscc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"
#include "measure.h"
#include "output/json_writer.h"
#include "util/message.h"

/* ---- Inputs: a kernel may behave differently on each kind ---- */

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

struct row {
    size_t measure;
    const char *backend;
    const char *input;
    double speeds[BENCH_ROUNDS_MAX]; /* GB/s */
};

static void print_text(struct output *output, const struct row *row, size_t rounds)
{
    char line[160];
    snprintf(line, sizeof line, "%-14s %-10s %-7s %7.2f GB/s  (%.2f-%.2f)\n", iscc_measure_name(row->measure),
             row->backend, row->input, row->speeds[rounds / 2], row->speeds[0], row->speeds[rounds - 1]);
    output_string(output, line);
}

static void print_json(struct output *output, const struct row *row, size_t rounds)
{
    struct json_writer json = json_begin("speed");

    json_string(&json, "measure", iscc_measure_name(row->measure));
    json_string(&json, "backend", row->backend);
    json_string(&json, "input", row->input);
    json_number(&json, "gigabytes_per_second", row->speeds[rounds / 2]);
    json_number(&json, "slowest", row->speeds[0]);
    json_number(&json, "fastest", row->speeds[rounds - 1]);
    json_end(&json, output, NULL);
}

static size_t count_backends(void)
{
    size_t count = 0;
    while (iscc_backend_available(count) != NULL)
        count++;
    return count;
}

/* Measures all backends in turn, round by round, so that disturbances of the machine affect all of them alike. */
static bool measure_in_turn(struct row *rows, size_t backends, const unsigned char *bytes, size_t size, size_t rounds)
{
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < backends; i++) {
            const double before = bench_now();
            if (iscc_measure(rows[i].measure, rows[i].backend, bytes, size) != ISCC_OK)
                return false;
            rows[i].speeds[round] = (double)size / (bench_now() - before) / 1e9;
        }
    return true;
}

static void measure_all(const struct bench_settings *settings, struct output *output, struct row *rows,
                        unsigned char *bytes)
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
                bench_sort(rows[i].speeds, rounds);
                (settings->json ? print_json : print_text)(output, &rows[i], rounds);
            }
            output_flush(output);
        }
    }
}

void bench_speed(const struct bench_settings *settings, struct output *output)
{
    unsigned char *bytes = malloc((size_t)settings->size);
    struct row *rows = calloc(count_backends() + 1, sizeof *rows);

    if (bytes != NULL && rows != NULL)
        measure_all(settings, output, rows, bytes);
    else
        message_error(NULL, strerror(ENOMEM));
    free(bytes);
    free(rows);
}
