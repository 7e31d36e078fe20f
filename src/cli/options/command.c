/* SPDX-License-Identifier: Apache-2.0 */
/* Steps through an option table. */
#include "options/command.h"

const struct option_spec *option_from(const struct option_spec *row)
{
    while (row->kind == OPTION_HEADING)
        row++;
    return row->kind == OPTION_END ? NULL : row;
}
