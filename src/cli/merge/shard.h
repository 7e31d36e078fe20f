/* SPDX-License-Identifier: Apache-2.0 */
/* Shards of one run, and the lines that mark their parts of its output: docs/resume.md, L1 to L3. */
#ifndef SHARD_H
#define SHARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options/command.h"
#include "output/output.h"

/* Every shard has an open file while all are merged. */
enum { SHARDS_MAX = 65536 };

struct shard {
    uint64_t number; /* from 1 */
    uint64_t count;  /* 0: the run is not split */
};

/* What the last line of a part says. */
struct shard_end {
    uint64_t operands;
    uint64_t hash; /* of the operands */
    uint64_t errors;
};

/* For an option row: stores K/N. */
bool shard_set(void *shard, const struct option_spec *option, const char *value, const char *command);

/* Whether a path, as it is printed, belongs to the shard. */
bool shard_has(const struct shard *shard, const char *path, size_t size);

/* Write the first line, one before lines of an operand, and the last one: comments, or objects with `as_json`.
 * `command` is the command without --shard. Before the error of a directory, a line says that it is about one. */
void shard_write_begin(struct output *output, bool as_json, const struct shard *shard, const char *command);
void shard_write_operand(struct output *output, bool as_json, uint64_t operand, bool is_directory);
void shard_write_end(struct output *output, bool as_json, const struct shard *shard, const struct shard_end *end);

/* Read such lines, and return false for any other line. */
bool shard_read_begin(const char *text, bool *json, struct shard *shard, const char **command);
bool shard_read_operand(const char *text, uint64_t *operand, bool *is_directory);
bool shard_read_end(const char *text, struct shard *shard, struct shard_end *end);

#endif
