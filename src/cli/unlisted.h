/* SPDX-License-Identifier: Apache-2.0 */
/* Files below a directory that no list has named: docs/check-rules.md, R19. */
#ifndef UNLISTED_H
#define UNLISTED_H

#include "named_set.h"
#include "output.h"
#include "verify.h"

/* Walks the directory `path`, and tells each file that is not in the sorted set and is neither a list nor the output.
 */
void unlisted_tell(char *path, const struct check_settings *settings, const struct named_set *named,
                   struct output *output);

#endif
