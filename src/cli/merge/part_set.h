/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of one run, all of them and no other. */
#ifndef PART_SET_H
#define PART_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "merge/part_reader.h"
#include "options/operands.h"

/* Initialize to zeros. */
struct part_set {
    struct part *parts; /* in the order in which they were named */
    size_t count;
};

/* Opens all parts. Returns false after a message for each that is missing, doubled or of another run. Close the set in
 * either case. */
bool part_set_open(struct part_set *set, const struct operands *paths);

/* Compares what the last lines say. Returns false after a message. */
bool part_set_agrees(const struct part_set *set);

void part_set_close(struct part_set *set);

#endif
