/* SPDX-License-Identifier: Apache-2.0 */
/* iscc bench similar: compares the index with brute force at making groups of near codes. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"
#include "bench/brute_force.h"
#include "output/json_writer.h"
#include "similar/groups.h"
#include "util/message.h"

/* The Data-Code of a WIDE code. */
enum { BITS = 128, SIZE = BITS / 8 };

/* How many references brute force compares with all later codes, without --full. */
enum { SAMPLE = 1024 };

/* One code in four is an earlier one with up to 15 bits changed: most of these are near, some are not. */
enum { NEAR_IN = 4, CHANGES = 16 };

struct experiment {
    const struct bench_settings *settings;
    struct groups_task task;
    uint8_t *digests;
    struct group_assignment *assignments; /* by the index */
    struct group_assignment *compared;    /* by brute force */
    uint32_t *references;
    size_t reference_count;
    size_t sample_count;
    struct brute_force *comparison;
    size_t memory; /* of an index of the codes */
    bool is_same;  /* both gave the same result in all rounds */
};

/* Seconds of each round. */
struct times {
    double index[BENCH_ROUNDS_MAX];
    double comparison[BENCH_ROUNDS_MAX];
    double ratio[BENCH_ROUNDS_MAX];
};

/* ---- Codes ---- */

/* The generator splitmix64 (Steele, Lea, Flood, 2014). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

static void make_codes(uint8_t *digests, size_t count)
{
    uint64_t state = 1;

    for (size_t i = 0; i < count; i++) {
        uint8_t *digest = digests + i * SIZE;
        if (i == 0 || next_random(&state) % NEAR_IN != 0) {
            for (size_t j = 0; j < SIZE; j++)
                digest[j] = (uint8_t)next_random(&state);
            continue;
        }
        memcpy(digest, digests + next_random(&state) % i * SIZE, SIZE);
        for (uint64_t changes = next_random(&state) % CHANGES; changes > 0; changes--) {
            const uint64_t bit = next_random(&state) % BITS;
            digest[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
    }
}

/* ---- Rounds ---- */

/* Collects the references, or without --full an evenly spread sample of them. */
static void choose_references(struct experiment *experiment)
{
    experiment->reference_count = 0;
    for (size_t i = 0; i < experiment->task.count; i++)
        if (experiment->assignments[i].reference == i)
            experiment->references[experiment->reference_count++] = (uint32_t)i;
    experiment->sample_count = experiment->reference_count;
    if (experiment->settings->is_full || experiment->reference_count <= SAMPLE)
        return;
    experiment->sample_count = SAMPLE;
    for (size_t i = 0; i < SAMPLE; i++)
        experiment->references[i] = experiment->references[i * experiment->reference_count / SAMPLE];
}

/* The number of comparisons of all references with all later codes. */
static double count_comparisons(const struct experiment *experiment)
{
    double comparisons = 0;
    for (size_t i = 0; i < experiment->task.count; i++)
        if (experiment->assignments[i].reference == i)
            comparisons += (double)(experiment->task.count - i - 1);
    return comparisons;
}

/* Whether each code is near its reference, at the reported distance. */
static bool members_are_near(const struct experiment *experiment)
{
    for (size_t i = 0; i < experiment->task.count; i++) {
        const struct group_assignment *assignment = &experiment->assignments[i];
        unsigned distance = 0;
        iscc_hamming_distance(experiment->digests + i * SIZE,
                              experiment->digests + (size_t)assignment->reference * SIZE, SIZE, &distance);
        if (distance != assignment->distance || distance > experiment->task.threshold ||
            experiment->assignments[assignment->reference].reference != assignment->reference)
            return false;
    }
    return true;
}

/* Returns the seconds that comparing all references takes, extrapolated from the sample without --full. */
static double run_comparison(struct experiment *experiment)
{
    const double before = bench_now();
    size_t wrong = 0;

    if (experiment->settings->is_full) {
        brute_force_group(experiment->comparison, experiment->compared);
        const double seconds = bench_now() - before;
        if (memcmp(experiment->assignments, experiment->compared,
                   experiment->task.count * sizeof experiment->assignments[0]) != 0)
            experiment->is_same = false;
        return seconds;
    }
    const double comparisons = brute_force_check(experiment->comparison, experiment->references,
                                                 experiment->sample_count, experiment->assignments, &wrong);
    const double seconds = bench_now() - before;
    if (wrong > 0 || !members_are_near(experiment))
        experiment->is_same = false;
    return comparisons > 0 ? seconds * (count_comparisons(experiment) / comparisons) : seconds;
}

static iscc_status run_rounds(struct experiment *experiment, struct times *times)
{
    for (size_t round = 0; round < experiment->settings->rounds; round++) {
        const double before = bench_now();
        const iscc_status status = groups_make(&experiment->task, experiment->assignments);
        times->index[round] = bench_now() - before;
        if (status != ISCC_OK)
            return status;
        choose_references(experiment);
        times->comparison[round] = run_comparison(experiment);
        times->ratio[round] = times->comparison[round] / times->index[round];
    }
    return ISCC_OK;
}

/* ---- Output ---- */

static void print_times(struct output *output, const char *name, const double *values, size_t rounds, const char *unit)
{
    char text[80];
    snprintf(text, sizeof text, "%-12s %.4g%s  (%.4g-%.4g)", name, values[rounds / 2], unit, values[0],
             values[rounds - 1]);
    output_string(output, text);
}

static void print_text(struct output *output, const struct experiment *experiment, const struct times *times)
{
    const size_t rounds = (size_t)experiment->settings->rounds;
    const double count = (double)experiment->task.count;
    char text[160];

    snprintf(text, sizeof text, "%-12s %zu of %d bits, threshold %u, threads %d\n", "codes", experiment->task.count,
             BITS, experiment->task.threshold, experiment->task.threads);
    output_string(output, text);
    snprintf(text, sizeof text, "%-12s %zu, and %zu members\n", "references", experiment->reference_count,
             experiment->task.count - experiment->reference_count);
    output_string(output, text);
    print_times(output, "index", times->index, rounds, " s");
    output_string(output, "\n");
    print_times(output, "comparison", times->comparison, rounds, " s");
    snprintf(text, sizeof text, "%s%zu references\n", experiment->settings->is_full ? " of " : ", scaled from ",
             experiment->sample_count);
    output_string(output, text);
    print_times(output, "ratio", times->ratio, rounds, "");
    output_string(output, "\n");
    snprintf(text, sizeof text, "%-12s %.4g MB, %.4g bytes for each code\n", "memory",
             1e-6 * (double)experiment->memory, (double)experiment->memory / count);
    output_string(output, text);
    snprintf(text, sizeof text, "%-12s %s\n", "result", experiment->is_same ? "the same" : "NOT the same");
    output_string(output, text);
}

static void print_json(struct output *output, const struct experiment *experiment, const struct times *times)
{
    const size_t middle = (size_t)experiment->settings->rounds / 2;
    struct json_writer json = json_begin("similar_speed");

    json_integer(&json, "codes", experiment->task.count);
    json_integer(&json, "bits", BITS);
    json_integer(&json, "threshold", experiment->task.threshold);
    json_integer(&json, "threads", (uint64_t)experiment->task.threads);
    json_integer(&json, "references", experiment->reference_count);
    json_integer(&json, "compared_references", experiment->sample_count);
    json_number(&json, "index_seconds", times->index[middle]);
    json_number(&json, "comparison_seconds", times->comparison[middle]);
    json_number(&json, "ratio", times->ratio[middle]);
    json_integer(&json, "memory", experiment->memory);
    json_bool(&json, "same", experiment->is_same);
    json_end(&json, output, NULL);
}

static void print(struct output *output, const struct experiment *experiment, struct times *times)
{
    const size_t rounds = (size_t)experiment->settings->rounds;

    bench_sort(times->index, rounds);
    bench_sort(times->comparison, rounds);
    bench_sort(times->ratio, rounds);
    (experiment->settings->json ? print_json : print_text)(output, experiment, times);
    if (!experiment->is_same)
        message_error(NULL, "the index and the comparison give different groups");
}

/* ---- The benchmark ---- */

/* The memory of an index that includes the codes. */
static iscc_status measure_memory(struct experiment *experiment)
{
    iscc_index *index = NULL;
    iscc_status status = iscc_index_new(&index, BITS);
    if (status == ISCC_OK)
        status = iscc_index_add(index, experiment->digests, experiment->task.count);
    if (status == ISCC_OK)
        status = iscc_index_build(index, experiment->task.threshold);
    experiment->memory = iscc_index_memory(index);
    iscc_index_free(index);
    return status;
}

static bool allocate(struct experiment *experiment)
{
    const size_t count = experiment->task.count;
    const bool is_full = experiment->settings->is_full;

    experiment->digests = calloc(count, SIZE);
    experiment->assignments = calloc(count, sizeof *experiment->assignments);
    experiment->compared = calloc(is_full ? count : 1, sizeof *experiment->compared);
    experiment->references = calloc(count, sizeof *experiment->references);
    experiment->task.digests = experiment->digests;
    if (experiment->digests == NULL || experiment->assignments == NULL || experiment->compared == NULL ||
        experiment->references == NULL)
        return false;
    make_codes(experiment->digests, count);
    experiment->comparison = brute_force_new(&experiment->task);
    return experiment->comparison != NULL;
}

static void release(struct experiment *experiment)
{
    brute_force_free(experiment->comparison);
    free(experiment->digests);
    free(experiment->assignments);
    free(experiment->compared);
    free(experiment->references);
}

void bench_similar(const struct bench_settings *settings, struct output *output)
{
    struct experiment experiment = {.settings = settings,
                                    .task = {.count = (size_t)settings->codes,
                                             .bits = BITS,
                                             .threshold = threshold_bits(&settings->threshold, BITS),
                                             .rule = GROUPS_IN_ORDER,
                                             .threads = settings->threads},
                                    .is_same = true};
    struct times *times = calloc(1, sizeof *times);
    iscc_status status = ISCC_ERROR_MEMORY;

    if (times != NULL && allocate(&experiment))
        status = measure_memory(&experiment);
    if (status == ISCC_OK)
        status = run_rounds(&experiment, times);
    if (status == ISCC_OK)
        print(output, &experiment, times);
    else
        message_error(NULL, status == ISCC_ERROR_MEMORY ? strerror(ENOMEM) : iscc_strerror(status));
    release(&experiment);
    free(times);
}
