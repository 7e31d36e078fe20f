/* SPDX-License-Identifier: Apache-2.0 */
/* Objects of files and failures: docs/json.md. */
#ifndef JSON_LINES_H
#define JSON_LINES_H

#include "format/format.h"
#include "hash/job.h"
#include "lists/catalogue.h"
#include "output/json_writer.h"
#include "output/output.h"

/* A job's result, or its path alone. */
void json_line_job(struct output *output, const struct format *format, const struct job *job, bool with_code);

void json_line_file(struct output *output, const struct format *format, const struct catalogue_file *file);

/* The object of an input that failed, where there is no job. */
void json_line_failure(struct output *output, const char *name, int failure);

/* The `type` of a file's record. */
const char *json_type_of_file(const struct catalogue_file *file);

/* The members of a file's record, but for its type. */
void json_file(struct json_writer *json, const struct format *format, const struct catalogue_file *file);

#endif
