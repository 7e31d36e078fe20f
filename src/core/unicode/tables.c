/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of characters, and the version of Unicode they are of. */
#include "unicode/tables.h"

#include <iscc/iscc.h>

#include "unicode/tables.inc"

const char *iscc_unicode_version(void)
{
    return UNICODE_VERSION;
}
