/* SPDX-License-Identifier: Apache-2.0 */
/* Derives from the output format how lines end and what they can hold. */
#include "format/format.h"

char format_terminator(const struct format *format)
{
    return format->zero ? '\0' : '\n';
}

bool format_shows_text(const struct format *format)
{
    return format->text && (format->json || format->units);
}
