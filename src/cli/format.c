/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses the shape of the output. */
#include "format.h"

char format_terminator(const struct format *format)
{
    return format->zero ? '\0' : '\n';
}

void format_result(struct output *output, const struct format *format, const struct job *job)
{
    if (format->json)
        format_json_result(output, format, job);
    else if (job->failure == 0)
        format_text_result(output, format, job);
}

void format_name(struct output *output, const struct format *format, const struct job *job)
{
    if (format->json)
        format_json_name(output, format, job);
    else if (job->failure == 0)
        format_text_name(output, format, job);
}

void format_verdict(struct output *output, const struct format *format, const struct job *job, enum verdict verdict,
                    const char *now)
{
    static const char *const texts[VERDICTS] = {"OK", "FAILED", "FAILED open or read", "FAILED open or read", NULL};

    if (format->json)
        format_json_verdict(output, job, verdict, now);
    else if (texts[verdict] != NULL)
        format_text_verdict(output, format, job, texts[verdict]);
}
