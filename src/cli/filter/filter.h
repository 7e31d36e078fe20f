/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Choosing files: what the options of the command line leave out of the operands and of the walks below them. The rules
 * are those of docs/choosing.md.
 *
 * A command has OPTIONS_FILTER in its table and a struct filter of zeros in its settings, gives the filter to all that
 * walks (source_settings, hash_settings, walk_start), and frees it in the end. A filter of zeros, or NULL, takes
 * everything.
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "filter/ignore.h"
#include "options/command.h"

struct filter {
    struct ignore_list **patterns; /* one list for each option, in their order */
    size_t count;
    bool only_included; /* what no pattern matches is left out */
    bool no_ignore;     /* .isccignore files have no effect */
    bool limits_depth;  /* nothing deeper than max_depth: operands have depth 0, what is in a directory operand 1 */
    bool one_file_system;
    bool limits_max_size;
    uint64_t max_depth;
    uint64_t min_size; /* a regular file has min_size bytes or more */
    uint64_t max_size; /* and at most max_size, if there is a limit */
};

/* Rows of the option tables; `when` is a literal that their help texts begin with, `filter` a member of `settings`. */
#define OPTIONS_FILTER(when, settings, filter)                                                                         \
    {0, "exclude", "GLOB", when "leave out what matches GLOB, a pattern of gitignore",                                 \
     CALLS(settings, filter, filter_add_glob, false)},                                                                 \
        {0, "include", "GLOB", when "take in what matches GLOB; if it comes before all other patterns, nothing else",  \
         CALLS(settings, filter, filter_add_glob, true)},                                                              \
        {0, "exclude-from", "FILE", when "leave out what the lines of FILE say, in the form of gitignore",             \
         CALLS(settings, filter, filter_add_file, 0)},                                                                 \
        {0, "no-ignore", NULL, when "give .isccignore files no effect", SETS_FLAG(settings, filter.no_ignore)},        \
        {0, "max-depth", "N", when "take nothing more than N levels below the operands; 0 takes only the operands",    \
         NOTES(settings, filter.limits_depth, SETS_NUMBER(settings, filter.max_depth, 0, UINT64_MAX))},                \
        {0, "one-file-system", NULL, when "do not enter directories on file systems other than the operand's",         \
         SETS_FLAG(settings, filter.one_file_system)},                                                                 \
        {0, "min-size", "SIZE", when "leave out files of less than SIZE bytes; 10K, 2MB, 1GiB",                        \
         SETS_SIZE(settings, filter.min_size, 1, 0, UINT64_MAX)},                                                      \
    {                                                                                                                  \
        0, "max-size", "SIZE", when "leave out files of more than SIZE bytes",                                         \
            NOTES(settings, filter.limits_max_size, SETS_SIZE(settings, filter.max_size, 1, 0, UINT64_MAX))            \
    }

/* What the rows call: a pattern that includes where the row's value is true, and a file of patterns. */
bool filter_add_glob(void *filter, const struct option_spec *option, const char *glob, const char *command);
bool filter_add_file(void *filter, const struct option_spec *option, const char *path, const char *command);

void filter_free(struct filter *filter);

/* What the last matching pattern says of a path below an operand; arguments as in ignore_judge(). */
enum ignore_verdict filter_judge(const struct filter *filter, const char *path, size_t name, bool is_directory);

/* The same of an operand: its last component is judged. One without a name of its own (`.`, `..`, `/`) is undecided.
 * There must be no slash at its end. */
enum ignore_verdict filter_judge_operand(const struct filter *filter, const char *operand, bool is_directory);

/* Whether a file's size matters. */
bool filter_limits_size(const struct filter *filter);

bool filter_accepts_size(const struct filter *filter, off_t size);

#endif
