/* SPDX-License-Identifier: Apache-2.0 */
/* The report of an update. */
#ifndef UPDATE_REPORT_H
#define UPDATE_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "files/same_name.h"
#include "format/format.h"
#include "lists/file_record.h"
#include "output/output.h"

/* What an update found out about a file. */
enum change {
    CHANGE_ADDED,
    CHANGE_REMOVED,
    CHANGE_CHANGED,
    CHANGE_ROTTEN,
    CHANGE_SUSPECT,
    CHANGE_UNREADABLE,
    CHANGE_NONE,
    CHANGES
};

/* Reports the change of a file. A file that could not be read is reported in JSON only, with its `failure`. */
void update_report_change(struct output *output, const struct format *format, enum change change, const char *name,
                          size_t name_size, int failure);

/* Reports how often each change occurred. */
void update_report_summary(struct output *output, const struct format *format, const char *list,
                           const uint64_t counts[CHANGES]);

/* Prints a message if the file of a line that is removed is there by a name that people take for the same. `strip` is
 * the prefix of --strip, or NULL. */
void update_report_same_name(struct output *output, struct same_name_search *search, const struct file_record *line,
                             const char *strip);

#endif
