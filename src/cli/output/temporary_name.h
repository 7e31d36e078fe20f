/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the files that become a list at the end; see docs/choosing.md, H12. */
#ifndef TEMPORARY_NAME_H
#define TEMPORARY_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* Writes a name that differs from run to run and from attempt to attempt. Its length does not depend on the name of the
 * list, which may already be as long as the file system allows. Returns false if it does not fit. */
bool temporary_name_make(char *name, size_t capacity, unsigned attempt);

/* Whether a file's name has exactly this form, so that a run which was killed may have left the file. */
bool temporary_name_is(const char *name);

#endif
