/* SPDX-License-Identifier: Apache-2.0 */
/* How many files the process may have open. */
#ifndef DESCRIPTOR_LIMIT_H
#define DESCRIPTOR_LIMIT_H

#include <stddef.h>

/* Raises the soft limit to the hard one and returns it. The soft limit is low for the sake of programs that use
 * select(). */
size_t descriptor_limit_raise(void);

#endif
