/* SPDX-License-Identifier: Apache-2.0 */
/* The standard's conformance file, where the folder that ISCC_SHARED names has it. */
#ifndef CONFORMANCE_H
#define CONFORMANCE_H

#include <cjson/cJSON.h>

/* For a group of tests: reads the file into its state, and frees it. */
int conformance_open(void **state);
int conformance_close(void **state);

/* The cases of a function; ends the test as skipped where there is no file. */
const cJSON *conformance_cases(void **state, const char *function);

/* An argument of a case, a field of its result, and the field that is the code; each must be there. */
const cJSON *conformance_input(const cJSON *item, int index);
const cJSON *conformance_output(const cJSON *item, const char *name);
const char *conformance_code(const cJSON *item);

#endif
