/* SPDX-License-Identifier: Apache-2.0 */
/* Checks ISCC_BACKEND, for commands that compute codes. */
#ifndef BACKEND_H
#define BACKEND_H

#include <stdbool.h>

/* False if ISCC_BACKEND names no backend of this machine, after a message that lists them. Call it before opening any
 * file. */
bool backend_is_usable(void);

#endif
