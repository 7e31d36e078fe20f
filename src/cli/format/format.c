/* SPDX-License-Identifier: Apache-2.0 */
/* Derives the line terminator from the output format. */
#include "format/format.h"

char format_terminator(const struct format *format)
{
    return format->zero ? '\0' : '\n';
}
