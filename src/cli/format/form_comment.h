/* SPDX-License-Identifier: Apache-2.0 */
/* The comment that keeps the form of a list without lines: docs/update.md, U7. */
#ifndef FORM_COMMENT_H
#define FORM_COMMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "format/format.h"
#include "output/output.h"

/* How it begins. */
#define FORM_COMMENT "# iscc sum"

/* Writes `# iscc sum OPTIONS`, the command that prints lines of this form. `flags` is ISCC_NARROW or ISCC_WIDE. */
void form_comment_write(struct output *output, const struct format *format, unsigned flags);

/* Whether the text is such a comment, but with the terminator of lists that were read in the other way (`-z`). */
bool form_comment_has_other_end(const char *text, size_t size);

/* Reads such a comment, without its terminator but with a NUL. Returns false for any other, such as one with operands;
 * the form is then unchanged. */
bool form_comment_read(const char *text, size_t size, struct format *format, unsigned *flags);

#endif
