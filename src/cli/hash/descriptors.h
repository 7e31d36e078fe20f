/* SPDX-License-Identifier: Apache-2.0 */
/* Divides the file descriptors that the process may have. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

#include <stddef.h>

/* Raises the limit as far as the system allows. Returns how many of `threads` can have the descriptors that they need,
 * at least one, and sets `directories` to how many directories may be held open for files in the queue. */
int descriptors_divide(int threads, size_t *directories);

#endif
