/* SPDX-License-Identifier: Apache-2.0 */
/* Brings a list up to date, by the rules in docs/update.md. */
#ifndef UPDATE_H
#define UPDATE_H

#include "options/command.h"
#include "options/operands.h"
#include "update/update_settings.h"

/* Updates the list given as the first operand from the paths given as the others. */
void update_list(const struct operands *operands, const struct update_settings *settings);

#endif
