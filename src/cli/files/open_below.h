/* SPDX-License-Identifier: Apache-2.0 */
/* Opens what is several directories below an open one, without following a link on the way. */
#ifndef OPEN_BELOW_H
#define OPEN_BELOW_H

/* Opens `path`, whose parts are separated by single slashes. `flags` are those of openat(). Returns a descriptor, or -1
 * with errno set: ELOOP or ENOTDIR if a part is a link. */
int open_below(int directory, const char *path, int flags);

#endif
