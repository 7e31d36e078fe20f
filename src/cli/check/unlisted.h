/* SPDX-License-Identifier: Apache-2.0 */
/* Finds files below a directory that are in no list: docs/check-rules.md, R19. */
#ifndef UNLISTED_H
#define UNLISTED_H

#include "check/check_list.h"
#include "check/listed_files.h"
#include "output/output.h"

/* Walks the directory `path` and reports each file that is not in the sorted set and is neither a list nor the output.
 */
void unlisted_report(const char *path, const struct check_settings *settings, const struct listed_files *listed,
                     struct output *output);

#endif
