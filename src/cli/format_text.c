/* SPDX-License-Identifier: Apache-2.0 */
/* Text lines, in the shape of the iscc-sum tool and of BSD checksum lists. */
#include <string.h>

#include "format.h"

/* The bytes that would break a line, as coreutils escapes them. */
static const char *escape_of(char byte)
{
    switch (byte) {
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    default:
        return NULL;
    }
}

/* Memory may have been short for a path. */
static const char *name_of(const struct job *job)
{
    return job->path == NULL ? "" : job->path;
}

static bool needs_escape(const struct format *format, const struct job *job)
{
    return !format->zero && strpbrk(name_of(job), "\\\n\r") != NULL;
}

static void write_name(struct output *output, const struct job *job, bool escaped)
{
    const char *rest = name_of(job);

    while (escaped && *rest != '\0') {
        const size_t plain = strcspn(rest, "\\\n\r");
        output_write(output, rest, plain);
        rest += plain;
        if (*rest != '\0')
            output_string(output, escape_of(*rest++));
    }
    output_string(output, rest);
}

static void end_line(struct output *output, const struct format *format)
{
    output_write(output, format->zero ? "" : "\n", 1);
}

void format_text_name(struct output *output, const struct format *format, const struct job *job)
{
    const bool escaped = needs_escape(format, job);

    if (escaped)
        output_string(output, "\\");
    write_name(output, job, escaped);
    end_line(output, format);
}

void format_text_verdict(struct output *output, const struct format *format, const struct job *job, const char *verdict)
{
    const bool escaped = needs_escape(format, job);

    if (escaped)
        output_string(output, "\\");
    write_name(output, job, escaped);
    output_string(output, ": ");
    output_string(output, verdict);
    end_line(output, format);
}

static void write_unit(struct output *output, const struct format *format, const char *code)
{
    output_string(output, "  ");
    output_string(output, code);
    end_line(output, format);
}

void format_text_result(struct output *output, const struct format *format, const struct job *job)
{
    const bool escaped = needs_escape(format, job);

    if (escaped)
        output_string(output, "\\");
    if (format->tag) {
        output_string(output, "ISCC-SUM (");
        write_name(output, job, escaped);
        output_string(output, ") = ");
        output_string(output, job->code.iscc);
    } else {
        output_string(output, job->code.iscc);
        output_string(output, " *");
        write_name(output, job, escaped);
    }
    end_line(output, format);
    if (format->units) {
        write_unit(output, format, job->code.data_code);
        write_unit(output, format, job->code.instance_code);
    }
}
