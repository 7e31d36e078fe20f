/* SPDX-License-Identifier: Apache-2.0 */
/* Loads files that may have copies, and reads no others: equal content has equal size. */
#ifndef LOAD_COPIES_H
#define LOAD_COPIES_H

#include <stdbool.h>

#include "load/load.h"

/* Adds the files of the operands with size and identity, but without codes. Leaves out empty files unless keeps_empty
 * is set. Reports a file that cannot be examined. Returns false, after a message, if the catalogue is incomplete. */
bool load_found_files(struct load *load, const struct operands *operands);

/*
 * Hashes what load_found_files() added, but only files with the size of another file, be it one of a list, and of
 * several names of one file only the first. A file of unknown size may have any, so then all are hashed. Without
 * finds_copies, gives the links that load_files() added the code of the name that was read, or else reads them.
 * Afterwards the catalogue has only files whose content is known. Returns false, after a message, if not all could be
 * tried.
 */
bool load_copies(struct load *load);

#endif
