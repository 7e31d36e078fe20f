/* SPDX-License-Identifier: Apache-2.0 */
/* Text lines in the format of the iscc-sum tool or of BSD checksum lists. */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include <iscc/iscc.h>

#include "format/format.h"
#include "output/output.h"

/* `text_code` is empty if the file is not text; `mark` stands before the name: `*`, or `!` for a member of an archive.
 */
void text_line_code(struct output *output, const struct format *format, char mark, const char *name,
                    const struct iscc_sum_code *code, const char *text_code);
void text_line_name(struct output *output, const struct format *format, const char *name);
void text_line_verdict(struct output *output, const struct format *format, const char *name, const char *verdict);

/* Writes "LABEL NAME", and with a second name "LABEL NAME -> SECOND". With format->zero, NUL separates the names. */
void text_line_labelled(struct output *output, const struct format *format, const char *label, const char *name,
                        const char *second);

#endif
