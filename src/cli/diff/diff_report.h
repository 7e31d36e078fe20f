/* SPDX-License-Identifier: Apache-2.0 */
/* What a comparison of two sides prints. */
#ifndef DIFF_REPORT_H
#define DIFF_REPORT_H

#include "diff/difference.h"
#include "format/format.h"
#include "output/output.h"

/* One finding. */
void diff_report_difference(struct output *output, const struct format *format, const struct difference *difference);

/* How often each finding occurred between two operands. */
void diff_report_counts(struct output *output, const struct format *format, const char *old, const char *new,
                        const struct difference_counts *counts);

#endif
