/* SPDX-License-Identifier: Apache-2.0 */
/* Objects of files and failures: docs/json.md. */
#ifndef JSON_LINES_H
#define JSON_LINES_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "format/format.h"
#include "hash/job.h"
#include "lists/catalogue.h"
#include "output/output.h"

void json_line_result(struct output *output, const struct format *format, const struct job *job);
void json_line_name(struct output *output, const struct format *format, const struct job *job);
void json_line_file(struct output *output, const struct format *format, const struct catalogue_file *file);

/* The object of an input that failed, where there is no job. */
void json_line_failure(struct output *output, const struct format *format, const char *name, int failure);

/* The `type` of a file's record. */
const char *json_type_of_file(const struct catalogue_file *file);

/* Adds the members of a file's record, `type` and `path` among them, to an object. False if memory is short. */
bool json_add_file(cJSON *object, const char *type, const struct format *format, const struct catalogue_file *file);

#endif
