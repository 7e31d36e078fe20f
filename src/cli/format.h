/* SPDX-License-Identifier: Apache-2.0 */
/* How a job becomes lines of output. */
#ifndef FORMAT_H
#define FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "catalogue.h"
#include "job.h"
#include "options.h"
#include "output.h"

struct cJSON;
struct difference;
struct difference_counts;

struct format {
    bool json;
    bool tag;
    bool units;
    bool stat; /* JSON alone: with the times of files */
    bool zero; /* lines end with NUL, and names are not escaped */
};

/* Rows of the option tables of commands that list files. */
#define OPTIONS_FORMAT                                                                                                 \
    {OPTION_JSON, "json", NULL, "print JSON Lines: one object for each file"},                                         \
    {                                                                                                                  \
        'z', "zero", NULL, "end each line with NUL, not newline, and do not escape file names"                         \
    }

/* Handles an option that has a member here. False for any other. */
bool format_set_option(struct format *format, int key);

/* The byte that ends a line. */
char format_terminator(const struct format *format);

/* A job's result. In text a failure has no line; its message is another matter. */
void format_result(struct output *output, const struct format *format, const struct job *job);

/* A file that is known without being hashed: the line that format_result would give. In JSON what is not known is left
 * out. */
void format_file(struct output *output, const struct format *format, const struct catalogue_file *file);

/* A job's name alone, for a listing. */
void format_name(struct output *output, const struct format *format, const struct job *job);

/* What a check came to. */
enum verdict {
    VERDICT_OK,
    VERDICT_FAILED,
    VERDICT_ROTTEN, /* failed, and its times say that nobody has written to it */
    VERDICT_MISSING,
    VERDICT_UNREADABLE,
    VERDICT_MALFORMED,
    VERDICTS
};

/* A job's verdict; `now`: the code that the file has now, where it has one. In text a malformed line has none. */
void format_verdict(struct output *output, const struct format *format, const struct job *job, enum verdict verdict,
                    const char *now);

/* A file that no list has named. */
void format_unlisted(struct output *output, const struct format *format, const struct job *job);

/* The end of a directory whose files have to be listed: how many it has, and how many of them are not. */
void format_json_strict_tree(struct output *output, const char *directory, uint64_t files, uint64_t unlisted);

/* How often each verdict occurred in a list; text has other words for that. */
void format_json_summary(struct output *output, const char *list, const uint64_t counts[VERDICTS]);

/* What an update made of a line. */
enum change { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED, CHANGE_ROTTEN, CHANGE_UNREADABLE, CHANGE_NONE, CHANGES };

/* A file's line in the report of an update; a file that could not be read has one in JSON alone, with its `failure`. */
void format_change(struct output *output, const struct format *format, enum change change, const char *name,
                   size_t name_size, int failure);

/* How often each occurred. */
void format_change_summary(struct output *output, const struct format *format, const char *list,
                           const uint64_t counts[CHANGES]);

/* The object of an input that failed, where there is no job. */
void format_json_failure(struct output *output, const struct format *format, const char *name, int failure);

/* What a comparison found (difference.h). */
void format_difference(struct output *output, const struct format *format, const struct difference *difference);

/* How often each finding occurred between two operands. */
void format_difference_counts(struct output *output, const struct format *format, const char *old, const char *new,
                              const struct difference_counts *counts);

/* The `type` of a file's record. */
const char *json_type_of_file(const struct catalogue_file *file);

/* Adds the members of a file's record, `type` and `path` among them, to an object. False if memory is short. */
bool json_add_file(struct cJSON *object, const char *type, const struct format *format,
                   const struct catalogue_file *file);

/* The two shapes, for format.c. */
void format_text_code(struct output *output, const struct format *format, const char *name,
                      const struct iscc_sum_code *code);
void format_text_name(struct output *output, const struct format *format, const char *name);
void format_text_verdict(struct output *output, const struct format *format, const char *name, const char *verdict);
void format_text_labelled(struct output *output, const struct format *format, const char *label, const char *name,
                          const char *second);
void format_json_result(struct output *output, const struct format *format, const struct job *job);
void format_json_name(struct output *output, const struct format *format, const struct job *job);
void format_json_verdict(struct output *output, const struct job *job, enum verdict verdict, const char *now);
void format_json_unlisted(struct output *output, const struct job *job);
void format_json_file(struct output *output, const struct format *format, const struct catalogue_file *file);

#endif
