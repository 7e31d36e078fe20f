/* SPDX-License-Identifier: Apache-2.0 */
/* What a check prints. */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

#include <stdint.h>

#include "check/verdict.h"
#include "format/format.h"
#include "output/output.h"

/* Prints the verdict on a job; an object also names the list, unless that is NULL. Text output has none for a malformed
 * line. */
void check_report_verdict(struct output *output, const struct format *format, const char *list, const struct job *job,
                          enum verdict verdict);

/* Prints that a file is in none of the lists. */
void check_report_unlisted(struct output *output, const struct format *format, const struct job *job);

/* Prints how many files a directory of --strict-tree has, and how many of them are unlisted. */
void check_report_strict_tree(struct output *output, const char *directory, uint64_t files, uint64_t unlisted);

/* Prints how often each verdict occurred in a list. JSON only: text output has warnings instead. */
void check_report_summary(struct output *output, const char *list, const uint64_t counts[VERDICTS]);

#endif
