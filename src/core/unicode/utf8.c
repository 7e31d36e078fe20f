/* SPDX-License-Identifier: Apache-2.0 */
/* Finds bytes that are not UTF-8. */
#include "unicode/utf8.h"

size_t iscc_utf8_check(const void *text, size_t size)
{
    const uint8_t *bytes = text;
    size_t done = 0;

    while (done < size) {
        uint32_t character;
        const int length = iscc_utf8_read(bytes + done, size - done, &character);
        if (length <= 0)
            break;
        done += (size_t)length;
    }
    return done;
}
