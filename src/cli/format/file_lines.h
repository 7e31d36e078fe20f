/* SPDX-License-Identifier: Apache-2.0 */
/* How a file becomes lines of output, in text or JSON. */
#ifndef FILE_LINES_H
#define FILE_LINES_H

#include "format/format.h"
#include "hash/job.h"
#include "lists/catalogue.h"
#include "output/output.h"

/* A job's result. In text a failure has no line; its message is another matter. */
void format_result(struct output *output, const struct format *format, const struct job *job);

/* A file that is known without being hashed: the line that format_result would give. In JSON what is not known is left
 * out. */
void format_file(struct output *output, const struct format *format, const struct file_record *file);

/* A job's name alone, for a listing. */
void format_name(struct output *output, const struct format *format, const struct job *job);

#endif
