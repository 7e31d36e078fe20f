/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses the shape of the output. */
#include "format.h"

bool format_set_option(struct format *format, int key)
{
    switch (key) {
    case OPTION_JSON:
        format->json = true;
        break;
    case OPTION_TAG:
        format->tag = true;
        break;
    case OPTION_UNITS:
        format->units = true;
        break;
    case OPTION_STAT:
        format->stat = true;
        break;
    case 'z':
        format->zero = true;
        break;
    default:
        return false;
    }
    return true;
}

char format_terminator(const struct format *format)
{
    return format->zero ? '\0' : '\n';
}

/* Memory may have been short for a path. */
static const char *name_of(const struct job *job)
{
    return job->path == NULL ? "" : job->path;
}

void format_result(struct output *output, const struct format *format, const struct job *job)
{
    if (format->json)
        format_json_result(output, format, job);
    else if (job->failure == 0)
        format_text_code(output, format, name_of(job), &job->code);
}

void format_file(struct output *output, const struct format *format, const struct catalogue_file *file)
{
    struct iscc_sum_code code;

    if (format->json) {
        format_json_file(output, format, file);
        return;
    }
    catalogue_file_code(file, &code);
    format_text_code(output, format, file->name, &code);
}

void format_name(struct output *output, const struct format *format, const struct job *job)
{
    if (format->json)
        format_json_name(output, format, job);
    else if (job->failure == 0)
        format_text_name(output, format, name_of(job));
}

void format_verdict(struct output *output, const struct format *format, const struct job *job, enum verdict verdict,
                    const char *now)
{
    static const char *const texts[VERDICTS] = {
        [VERDICT_OK] = "OK",
        [VERDICT_FAILED] = "FAILED",
        [VERDICT_ROTTEN] = "FAILED bit rot",
        [VERDICT_MISSING] = "FAILED open or read",
        [VERDICT_UNREADABLE] = "FAILED open or read",
    };

    if (format->json)
        format_json_verdict(output, job, verdict, now);
    else if (texts[verdict] != NULL)
        format_text_verdict(output, format, name_of(job), texts[verdict]);
}

void format_unlisted(struct output *output, const struct format *format, const struct job *job)
{
    if (format->json)
        format_json_unlisted(output, job);
    else
        format_text_verdict(output, format, job->path, "UNLISTED");
}
