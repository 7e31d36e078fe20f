/* SPDX-License-Identifier: Apache-2.0 */
/* What an update prints. */
#ifndef UPDATE_REPORT_H
#define UPDATE_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "format/format.h"
#include "output/output.h"

/* What an update made of a line. */
enum change { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED, CHANGE_ROTTEN, CHANGE_UNREADABLE, CHANGE_NONE, CHANGES };

/* A file's line in the report of an update; a file that could not be read has one in JSON alone, with its `failure`. */
void update_report_change(struct output *output, const struct format *format, enum change change, const char *name,
                          size_t name_size, int failure);

/* How often each occurred. */
void update_report_summary(struct output *output, const struct format *format, const char *list,
                           const uint64_t counts[CHANGES]);

#endif
