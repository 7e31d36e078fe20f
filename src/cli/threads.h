/* SPDX-License-Identifier: Apache-2.0 */
/* The option --threads. */
#ifndef THREADS_H
#define THREADS_H

#include <stdbool.h>

/* Reads the value of -j. False after a usage error. */
bool threads_parse(const char *command, const char *value, int *threads);

#endif
