/* SPDX-License-Identifier: Apache-2.0 */
/* The file that a command replaces with its output, which must not be one of its inputs. */
#ifndef REPLACED_FILE_H
#define REPLACED_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

struct replaced_file {
    bool exists;         /* and is a regular file */
    bool is_ignore_file; /* which every walk of its directory reads */
    struct stat status;
};

/* Examines the file at `path`. NULL and `-` mean standard output, which replaces nothing. */
struct replaced_file replaced_file_of(const char *path);

/* Returns false after a usage error if the input is that file, whatever names and links lead to both. `-` is standard
 * input. */
bool replaced_file_allows(const struct replaced_file *replaced, const char *input, const char *command);

#endif
