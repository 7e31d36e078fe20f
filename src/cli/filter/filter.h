/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which operands, and which files below them, the command line options exclude. docs/choosing.md has the rules.
 *
 * A command lists OPTIONS_FILTER in its option table, keeps a zero-initialized struct filter in its settings, passes
 * the filter to whatever walks (source_settings, hash_settings, walk_start), and frees it at the end. A filter of
 * zeros, or NULL, accepts everything.
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
    struct ignore_list **patterns; /* one list for each option, in command line order */
    size_t count;
    bool only_included; /* files that match no pattern are excluded */
    bool no_ignore;     /* .isccignore files are not read */
    bool is_silent;     /* the walk prints no message, as another one has the same to say */
    bool limits_depth;  /* max_depth applies: operands have depth 0, their entries depth 1 */
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
        {0, "include", "GLOB",                                                                                         \
         when "include what matches GLOB; if this comes before all other patterns, include nothing else",              \
         CALLS(settings, filter, filter_add_glob, true)},                                                              \
        {0, "exclude-from", "FILE", when "leave out what the lines of FILE say, in the form of gitignore",             \
         NAMES_INPUT(CALLS(settings, filter, filter_add_file, 0))},                                                    \
        {0, "no-ignore", NULL, when "give .isccignore files no effect", SETS_FLAG(settings, filter.no_ignore)},        \
        {0, "max-depth", "N", when "leave out everything more than N levels below the operands",                       \
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

/* What the last matching pattern says about a path below an operand. The arguments are those of ignore_match(). */
enum ignore_verdict filter_match(const struct filter *filter, const char *path, size_t name, bool is_directory);

/* The same for an operand, of which the last component is matched. Operands without a name of their own (`.`, `..`,
 * `/`) are undecided. `operand` must not end with a slash. */
enum ignore_verdict filter_match_operand(const struct filter *filter, const char *operand, bool is_directory);

/* Whether a file's size matters. */
bool filter_limits_size(const struct filter *filter);

bool filter_accepts_size(const struct filter *filter, off_t size);

#endif
