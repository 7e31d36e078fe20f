/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the lines for a file, in text or JSON. */
#ifndef FILE_LINES_H
#define FILE_LINES_H

#include "format/format.h"
#include "hash/job.h"
#include "lists/catalogue.h"
#include "output/output.h"

/* Writes the result of a job. In text, a failed job has no line. The caller reports failures. */
void format_result(struct output *output, const struct format *format, const struct job *job);

/* Writes the line that format_result would write, for a file that was not hashed. JSON omits unknown members. A file
 * that could not be read is a JSON object in every format, since text has no line for it. */
void format_file(struct output *output, const struct format *format, const struct file_record *file);

/* Writes a line for a member of an archive. In text, one that could not be read has none. */
void format_member(struct output *output, const struct format *format, const struct file_record *member);

/* Writes only the name of a job. */
void format_name(struct output *output, const struct format *format, const struct job *job);

#endif
