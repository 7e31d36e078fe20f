/* SPDX-License-Identifier: Apache-2.0 */
/* What a check prints. */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

#include <stdint.h>

#include "check/verdict.h"
#include "format/format.h"
#include "output/output.h"

/* A job's verdict. In text a malformed line has none. */
void check_report_verdict(struct output *output, const struct format *format, const struct job *job,
                          enum verdict verdict);

/* A file that no list has named. */
void check_report_unlisted(struct output *output, const struct format *format, const struct job *job);

/* The end of a directory whose files have to be listed: how many it has, and how many of them are not. */
void check_report_strict_tree(struct output *output, const char *directory, uint64_t files, uint64_t unlisted);

/* How often each verdict occurred in a list; text has other words for that. */
void check_report_summary(struct output *output, const char *list, const uint64_t counts[VERDICTS]);

#endif
