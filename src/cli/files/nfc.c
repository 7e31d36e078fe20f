/* SPDX-License-Identifier: Apache-2.0 */
/* Unicode normalization with utf8proc, without an allocation for each name. */
#include "files/nfc.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "util/array.h"

#define OPTIONS ((utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE))

static bool is_ascii(const char *name, size_t size)
{
    unsigned char bits = 0;
    for (size_t i = 0; i < size; i++)
        bits |= (unsigned char)name[i];
    return bits < 0x80;
}

/* One element more than needed, because utf8proc_reencode() writes a NUL after the text. */
static bool reserve(struct nfc *nfc, size_t codepoints)
{
    int32_t *grown = array_grow(nfc->codepoints, &nfc->capacity, codepoints + 1, sizeof *grown);

    if (grown != NULL)
        nfc->codepoints = grown;
    return grown != NULL;
}

int nfc_key(struct nfc *nfc, const char *name, size_t size, const char **key, size_t *key_size)
{
    *key = name;
    *key_size = size;
    if (is_ascii(name, size))
        return 0;
    size_t needed = size;
    utf8proc_ssize_t count = 0;
    do {
        if (!reserve(nfc, needed))
            return ENOMEM;
        count = utf8proc_decompose((const utf8proc_uint8_t *)name, (utf8proc_ssize_t)size, nfc->codepoints,
                                   (utf8proc_ssize_t)nfc->capacity - 1, OPTIONS);
        if (count < 0) /* not UTF-8 */
            return 0;
        needed = (size_t)count;
    } while (needed >= nfc->capacity);
    utf8proc_ssize_t length = utf8proc_reencode(nfc->codepoints, count, OPTIONS);
    if (length >= 0) {
        *key = (const char *)nfc->codepoints;
        *key_size = (size_t)length;
    }
    return 0;
}

void nfc_free(struct nfc *nfc)
{
    free(nfc->codepoints);
    *nfc = (struct nfc){0};
}
