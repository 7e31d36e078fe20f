/* SPDX-License-Identifier: Apache-2.0 */
/* How a job becomes lines of output. */
#ifndef FORMAT_H
#define FORMAT_H

#include <stdbool.h>

#include "job.h"
#include "output.h"

struct format {
    bool json;
    bool tag;
    bool units;
    bool zero; /* lines end with NUL, and names are not escaped */
};

/* The byte that ends a line. */
char format_terminator(const struct format *format);

/* A job's result. In text a failure has no line; its message is another matter. */
void format_result(struct output *output, const struct format *format, const struct job *job);

/* A job's name alone, for a listing. */
void format_name(struct output *output, const struct format *format, const struct job *job);

/* The two shapes, for format.c. */
void format_text_result(struct output *output, const struct format *format, const struct job *job);
void format_text_name(struct output *output, const struct format *format, const struct job *job);
void format_json_result(struct output *output, const struct format *format, const struct job *job);
void format_json_name(struct output *output, const struct format *format, const struct job *job);

#endif
