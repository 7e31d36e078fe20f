/* SPDX-License-Identifier: Apache-2.0 */
/* The choice where jobs run, made once when the program starts. */
#include "hash/elsewhere.h"

#include <stddef.h>

static const struct engine_elsewhere *chosen;

void engine_go_elsewhere(const struct engine_elsewhere *elsewhere)
{
    chosen = elsewhere;
}

const struct engine_elsewhere *engine_elsewhere(void)
{
    return chosen;
}
