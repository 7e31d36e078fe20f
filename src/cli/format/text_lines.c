/* SPDX-License-Identifier: Apache-2.0 */
/* Writes text lines in the format of the iscc-sum tool or of BSD checksum lists. */
#include "format/text_lines.h"

#include <string.h>

/* Escapes a byte that would break a line, as coreutils does. */
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

static bool needs_escape(const struct format *format, const char *name)
{
    return !format->zero && strpbrk(name, "\\\n\r") != NULL;
}

static void write_name(struct output *output, const char *name, bool escaped)
{
    const char *rest = name;

    while (escaped && *rest != '\0') {
        const size_t plain = strcspn(rest, "\\\n\r");
        output_write(output, rest, plain);
        rest += plain;
        if (*rest != '\0')
            output_string(output, escape_of(*rest++));
    }
    output_string(output, rest);
}

void text_line_name(struct output *output, const struct format *format, const char *name)
{
    const bool escaped = needs_escape(format, name);

    if (escaped)
        output_string(output, "\\");
    write_name(output, name, escaped);
    output_end_line(output);
}

void text_line_labelled(struct output *output, const struct format *format, const char *label, const char *name,
                        const char *second)
{
    const bool escaped = needs_escape(format, name) || (second != NULL && needs_escape(format, second));

    if (escaped)
        output_string(output, "\\");
    output_string(output, label);
    output_string(output, " ");
    write_name(output, name, escaped);
    if (second != NULL) {
        output_write(output, format->zero ? "" : " -> ", format->zero ? 1 : 4);
        write_name(output, second, escaped);
    }
    output_end_line(output);
}

void text_line_verdict(struct output *output, const struct format *format, const char *name, const char *verdict)
{
    const bool escaped = needs_escape(format, name);

    if (escaped)
        output_string(output, "\\");
    write_name(output, name, escaped);
    output_string(output, ": ");
    output_string(output, verdict);
    output_end_line(output);
}

/* An unknown unit has no line. */
static void write_unit(struct output *output, const char *code)
{
    if (code[0] == '\0')
        return;
    output_string(output, "  ");
    output_string(output, code);
    output_end_line(output);
}

void text_line_code(struct output *output, const struct format *format, char mark, const char *name,
                    const struct iscc_sum_code *code, const char *text_code)
{
    const char start[] = {' ', mark};
    const bool escaped = needs_escape(format, name);

    if (escaped)
        output_string(output, "\\");
    if (format->tag) {
        output_string(output, "ISCC-SUM (");
        write_name(output, name, escaped);
        output_string(output, ") = ");
        output_string(output, code->iscc);
    } else {
        output_string(output, code->iscc);
        output_write(output, start, sizeof start);
        write_name(output, name, escaped);
    }
    output_end_line(output);
    if (format->units) {
        write_unit(output, code->data_code);
        write_unit(output, code->instance_code);
        if (format->text)
            write_unit(output, text_code);
    }
}
