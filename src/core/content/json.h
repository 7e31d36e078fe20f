/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical JSON (RFC 8785). */
#ifndef ISCC_JSON_H
#define ISCC_JSON_H

#include <iscc/iscc.h>

#include "content/bytes.h"

/* How deep arrays and objects may be nested. */
#define ISCC_JSON_DEPTH 1000u

/*
 * Appends the canonical form of a JSON object to `out`. Sets `has_context` to whether it has the member "@context".
 * ISCC_ERROR_META if the text is not a JSON object, is nested too deep, or has a number that exceeds the range of a
 * double; ISCC_ERROR_UTF8, ISCC_ERROR_MEMORY.
 */
iscc_status iscc_json_canonicalize(const char *text, size_t size, struct iscc_bytes *out, bool *has_context);

#endif
