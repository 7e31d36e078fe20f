/* SPDX-License-Identifier: Apache-2.0 */
/* Names of members: ARCHIVE!/MEMBER, and where the one ends and the other begins. */
#ifndef MEMBER_NAME_H
#define MEMBER_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "files/directory.h"

/* The size of ARCHIVE: what stands before the first `!/` if that is a file in `base` (NULL: the current directory);
 * otherwise before the next, and so on. 0 if there is no such file. The first `prefix_size` bytes are not part of the
 * path to look up. */
size_t member_name_archive(const struct directory *base, const char *name, size_t prefix_size);

/* Whether a member of this archive would be looked up in another one. */
bool member_name_is_ambiguous(const struct directory *base, const char *archive, size_t prefix_size);

#endif
