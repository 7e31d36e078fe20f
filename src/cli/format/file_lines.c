/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses between text and JSON lines. */
#include "format/file_lines.h"

#include "format/json_lines.h"
#include "format/text_lines.h"

/* A job has no path if memory was short. */
static const char *name_of(const struct job *job)
{
    return job->path == NULL ? "" : job->path;
}

void format_result(struct output *output, const struct format *format, const struct job *job)
{
    if (format->json)
        json_line_job(output, format, job, true);
    else if (job->failure == 0)
        text_line_code(output, format, '*', name_of(job), &job->code, job->text_code);
}

void format_file(struct output *output, const struct format *format, const struct file_record *file)
{
    struct iscc_sum_code code;
    char text_code[ISCC_CODE_SIZE];

    if (format->json || file->failure != 0) {
        json_line_file(output, format, file);
    } else {
        file_record_code(file, format->units, &code);
        file_record_text_code(file, text_code);
        text_line_code(output, format, file->is_member ? '!' : '*', file->name, &code, text_code);
    }
}

void format_member(struct output *output, const struct format *format, const struct file_record *member)
{
    if (format->json || member->failure == 0)
        format_file(output, format, member);
}

void format_name(struct output *output, const struct format *format, const struct job *job)
{
    if (format->json)
        json_line_job(output, format, job, false);
    else if (job->failure == 0)
        text_line_name(output, format, name_of(job));
}
