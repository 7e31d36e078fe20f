/* SPDX-License-Identifier: Apache-2.0 */
/* The normalized form of a name, which determines its position in TREEWALK-ISCC order. */
#ifndef NFC_H
#define NFC_H

#include <stddef.h>
#include <stdint.h>

/* A buffer reused for each name. Initialize to zeros. */
struct nfc {
    int32_t *codepoints;
    size_t capacity;
};

/* Finds the NFC form of a name, which is the name itself if it is ASCII or not valid UTF-8. `key` is not
 * NUL-terminated. It may point into `name`, and is valid until the next call. Returns 0 or ENOMEM. */
int nfc_key(struct nfc *nfc, const char *name, size_t size, const char **key, size_t *key_size);
void nfc_free(struct nfc *nfc);

#endif
