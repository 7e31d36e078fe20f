/* SPDX-License-Identifier: Apache-2.0 */
/* Checks that the backend named by ISCC_BACKEND exists. */
#include "options/backend.h"

#include <iscc/iscc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/message.h"

bool backend_is_usable(void)
{
    const char *name;
    char available[256] = "auto";
    size_t size = strlen(available);

    if (iscc_backend(&name) == ISCC_OK)
        return true;
    for (size_t i = 0; (name = iscc_backend_available(i)) != NULL && size < sizeof available; i++)
        size += (size_t)snprintf(available + size, sizeof available - size, ", %s", name);
    message_finding(STATUS_TROUBLE, "ISCC_BACKEND", "no backend '%s' on this machine, which has: %s",
                    getenv("ISCC_BACKEND"), available);
    return false;
}
