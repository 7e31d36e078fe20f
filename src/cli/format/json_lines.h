/* SPDX-License-Identifier: Apache-2.0 */
/* JSON objects for files and failures; see docs/json.md. */
#ifndef JSON_LINES_H
#define JSON_LINES_H

#include "format/format.h"
#include "hash/job.h"
#include "lists/catalogue.h"
#include "output/json_writer.h"
#include "output/output.h"

/* Writes the result of a job, or only its path without `with_code`. */
void json_line_job(struct output *output, const struct format *format, const struct job *job, bool with_code);

void json_line_file(struct output *output, const struct format *format, const struct file_record *file);

/* Writes the error object for an input that has no job. */
void json_line_failure(struct output *output, const char *name, int failure);

/* The `type` for a file record: "file" or "tree". */
const char *json_type_of_file(const struct file_record *file);

/* Adds the members for a file record, except its type. */
void json_file(struct json_writer *json, const struct format *format, const struct file_record *file);

#endif
