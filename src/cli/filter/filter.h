/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which operands, and which files below them, the command line options exclude. docs/choosing.md has the rules.
 *
 * A command lists OPTIONS_FILTER in its option table, keeps a zero-initialized struct filter in its settings, passes
 * options it does not know to filter_set_option(), passes the filter to whatever walks (source_settings, hash_settings,
 * walk_start), and frees it at the end. A filter of zeros, or NULL, accepts everything.
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
    bool limits_depth;  /* max_depth applies: operands have depth 0, their entries depth 1 */
    bool one_file_system;
    bool limits_size; /* only files of min_size to max_size bytes */
    uint64_t max_depth;
    uint64_t min_size;
    uint64_t max_size;
};

/* Rows of the option tables; `when` is a literal that their help texts begin with. */
#define OPTIONS_FILTER(when)                                                                                           \
    {OPTION_EXCLUDE, "exclude", "GLOB", when "leave out what matches GLOB, a pattern of gitignore"},                   \
        {OPTION_INCLUDE, "include", "GLOB",                                                                            \
         when "take in what matches GLOB; if it comes before all other patterns, nothing else"},                       \
        {OPTION_EXCLUDE_FROM, "exclude-from", "FILE",                                                                  \
         when "leave out what the lines of FILE say, in the form of gitignore"},                                       \
        {OPTION_NO_IGNORE, "no-ignore", NULL, when "give .isccignore files no effect"},                                \
        {OPTION_MAX_DEPTH, "max-depth", "N",                                                                           \
         when "take nothing more than N levels below the operands; 0 takes only the operands"},                        \
        {OPTION_ONE_FILE_SYSTEM, "one-file-system", NULL,                                                              \
         when "do not enter directories on file systems other than the operand's"},                                    \
        {OPTION_MIN_SIZE, "min-size", "SIZE", when "leave out files of less than SIZE bytes; 10K, 2MB, 1GiB"},         \
    {                                                                                                                  \
        OPTION_MAX_SIZE, "max-size", "SIZE", when "leave out files of more than SIZE bytes"                            \
    }

/* Handles an option of these rows; any other changes nothing. False, after a message for `command`, for a bad value. */
bool filter_set_option(struct filter *filter, const char *command, int key, const char *value);

void filter_free(struct filter *filter);

/* What the last matching pattern says about a path below an operand. The arguments are those of ignore_match(). */
enum ignore_verdict filter_match(const struct filter *filter, const char *path, size_t name, bool is_directory);

/* The same for an operand, of which the last component is matched. Operands without a name of their own (`.`, `..`,
 * `/`) are undecided. `operand` must not end with a slash. */
enum ignore_verdict filter_match_operand(const struct filter *filter, const char *operand, bool is_directory);

bool filter_accepts_size(const struct filter *filter, off_t size);

#endif
