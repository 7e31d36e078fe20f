/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from the shape of output. */
#include "format/format.h"

char format_terminator(const struct format *format)
{
    return format->zero ? '\0' : '\n';
}
