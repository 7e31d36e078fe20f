/* SPDX-License-Identifier: Apache-2.0 */
/* The form of a name that decides its place in TREEWALK-ISCC order. */
#ifndef NFC_H
#define NFC_H

#include <stddef.h>
#include <stdint.h>

/* Room that is used again for each name; starts as zeros. */
struct nfc {
    int32_t *points;
    size_t room;
};

/* Finds the NFC form of a name; the name itself where it is ASCII or not UTF-8. What `key` points to, not
 * NUL-terminated, is valid as long as `name` and until the next call. Returns 0 or ENOMEM. */
int nfc_key(struct nfc *nfc, const char *name, size_t size, const char **key, size_t *key_size);
void nfc_free(struct nfc *nfc);

#endif
