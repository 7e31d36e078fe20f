/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of an option table say. */
#include "options/command.h"

const struct option_spec *option_from(const struct option_spec *row)
{
    while (row->kind == OPTION_HEADING)
        row++;
    return row->kind == OPTION_END ? NULL : row;
}

bool option_takes_argument(const struct option_spec *option)
{
    return option->value_name != NULL && option->bare == NULL;
}
