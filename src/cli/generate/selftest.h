/* SPDX-License-Identifier: Apache-2.0 */
/* Runs conformance tests of ISO 24138: objects that give the inputs and the outputs of its functions. */
#ifndef SELFTEST_H
#define SELFTEST_H

#include <stdbool.h>

#include "output/output.h"

/* Tests the functions with a file that has the form of the standard's, `-` for standard input, or with the built-in set
 * if `path` is NULL. Writes a line for each case that fails, which raises the status, and unless `is_quiet` one for
 * each function and one for all. */
void selftest_run(struct output *output, const char *path, bool is_quiet);

/* The built-in set: functions with their cases, as JSON in the form of that file; the last one is NULL. */
struct selftest_case {
    const char *function;
    const char *name;
    const char *json;
};
extern const struct selftest_case selftest_cases[];

#endif
