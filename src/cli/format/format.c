/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses the shape of the output. */
#include "format/format.h"

bool format_set_option(struct format *format, int key)
{
    switch (key) {
    case OPTION_JSON:
        format->json = true;
        break;
    case OPTION_TAG:
        format->tag = true;
        break;
    case OPTION_UNITS:
        format->units = true;
        break;
    case OPTION_STAT:
        format->stat = true;
        break;
    case 'z':
        format->zero = true;
        break;
    default:
        return false;
    }
    return true;
}

char format_terminator(const struct format *format)
{
    return format->zero ? '\0' : '\n';
}
