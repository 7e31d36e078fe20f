/* SPDX-License-Identifier: Apache-2.0 */
/* Puts the parts of a run together again: docs/resume.md, L4 to L6. */
#ifndef MERGE_H
#define MERGE_H

#include "options/operands.h"

/* Writes the lines that one run would have written, to standard output if `output` is NULL. Every failure is reported.
 */
void merge_parts(const struct operands *paths, const char *output);

#endif
