/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target without libFuzzer: replay TARGET COUNT CORPUS... runs every input of the files and then COUNT
 * random mutations. It prints the seed, which ISCC_TEST_SEED sets, and prints a failing input as a line that can be
 * added to the corpus.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus.h"
#include "fuzz.h"
#include "support/random.h"

struct input {
    uint8_t *bytes;
    size_t size;
};

static struct input *inputs;
static size_t input_count;
static struct input current;
static const struct fuzz_target *target;

/* The process is ending anyway, so using stdio in a signal handler is acceptable. */
static void show_current(int signal_number)
{
    fputs("the input is:\n", stderr);
    corpus_write(stderr, current.bytes, current.size);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void run(struct input input)
{
    current = input;
    REQUIRE(target->run(input.bytes, input.size) == 0);
}

static void read_corpus(const char *path)
{
    uint8_t *bytes = NULL;
    size_t room = 0;
    size_t size;
    FILE *file = fopen(path, "r");

    if (file == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        exit(2);
    }
    while (corpus_read(file, &bytes, &room, &size)) {
        inputs = fuzz_grow(inputs, (input_count + 1) * sizeof *inputs);
        inputs[input_count++] = (struct input){(uint8_t *)fuzz_text(bytes, size), size};
    }
    free(bytes);
    fclose(file);
}

/* Replaces a piece of one input by a piece of another, and changes a few bytes. */
static struct input mutate(uint64_t *random)
{
    const struct input *base = &inputs[random_below(random, input_count)];
    const struct input *other = &inputs[random_below(random, input_count)];
    const size_t before = random_below(random, base->size + 1);
    const size_t behind = random_below(random, base->size - before + 1);
    const size_t start = random_below(random, other->size + 1);
    const size_t taken = random_below(random, other->size - start + 1);
    const struct input made = {fuzz_grow(NULL, before + taken + behind + 1), before + taken + behind};

    memcpy(made.bytes, base->bytes, before);
    memcpy(made.bytes + before, other->bytes + start, taken);
    memcpy(made.bytes + before + taken, base->bytes + base->size - behind, behind);
    for (size_t i = random_below(random, 4); i > 0 && made.size > 0; i--)
        made.bytes[random_below(random, made.size)] = (uint8_t)random_next(random);
    return made;
}

int main(int argument_count, char **arguments)
{
    REQUIRE(argument_count > 3);
    const unsigned long mutations = strtoul(arguments[2], NULL, 10);
    for (target = fuzz_targets; target != NULL && strcmp(target->name, arguments[1]) != 0; target = target->next)
        ;
    REQUIRE(target != NULL);
    signal(SIGABRT, show_current);
    for (int i = 3; i < argument_count; i++)
        read_corpus(arguments[i]);
    for (size_t i = 0; i < input_count; i++)
        run(inputs[i]);
    REQUIRE(input_count > 0);
    uint64_t random = mutations > 0 ? random_seed() : 0;
    for (unsigned long i = 0; i < mutations; i++) {
        const struct input made = mutate(&random);
        run(made);
        free(made.bytes);
    }
    printf("%zu inputs, %lu changes of them\n", input_count, mutations);
    for (size_t i = 0; i < input_count; i++)
        free(inputs[i].bytes);
    free(inputs);
    return 0;
}
