/* SPDX-License-Identifier: Apache-2.0 */
/* The wish of ISCC_BACKEND, for commands that compute. */
#ifndef BACKEND_H
#define BACKEND_H

#include <stdbool.h>

/* False, after a message that lists the backends of this machine, where ISCC_BACKEND names none of them. Asked before
 * any file is opened. */
bool backend_is_usable(void);

#endif
