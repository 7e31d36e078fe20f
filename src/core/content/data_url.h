/* SPDX-License-Identifier: Apache-2.0 */
/* Data-URLs in base64 (RFC 2397). */
#ifndef ISCC_DATA_URL_H
#define ISCC_DATA_URL_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>

#include "content/bytes.h"

/* Whether a text begins like a Data-URL. */
bool iscc_data_url_begins(const char *text, size_t size);

/* Appends the payload of a Data-URL: "data:", perhaps a media type and its parameters, ";base64,", and at least one
 * group of base64 with its padding. ISCC_ERROR_META for anything else; ISCC_ERROR_MEMORY. */
iscc_status iscc_data_url_decode(const char *url, size_t size, struct iscc_bytes *payload);

#endif
