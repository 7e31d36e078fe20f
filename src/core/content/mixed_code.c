/* SPDX-License-Identifier: Apache-2.0 */
/* The Mixed-Code (ISO 24138 "Mixed-Code"): the similarity hash of Content-Codes. */
#include <iscc/iscc.h>
#include <string.h>

#include "codes/codec.h"
#include "codes/header.h"
#include "content/simhash.h"

/* An entry is the first byte of a code's header and as much of its body as fits. */
static iscc_status add_code(struct iscc_simhash *simhash, const char *code, unsigned bits)
{
    struct iscc_decoded decoded;
    uint8_t header[ISCC_HEADER_SIZE];
    uint8_t entry[ISCC_SIMHASH_SIZE_MAX];

    iscc_status status = iscc_codec_read_content(code, &decoded);
    if (status != ISCC_OK)
        return status;
    if (decoded.main_type != ISCC_CONTENT || decoded.bits < bits)
        return ISCC_ERROR_UNITS;
    iscc_header_write(&decoded, header);
    entry[0] = header[0];
    memcpy(entry + 1, decoded.digest, bits / 8 - 1);
    iscc_simhash_add(simhash, entry, bits / 8);
    return ISCC_OK;
}

iscc_status iscc_gen_mixed_code_v0(const char *const codes[], size_t count, unsigned bits, char code[ISCC_CODE_SIZE])
{
    struct iscc_simhash simhash;
    uint8_t digest[ISCC_SIMHASH_SIZE_MAX];

    if (codes == NULL || code == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (!iscc_codec_bits_valid(bits))
        return ISCC_ERROR_BITS;
    if (count < 2)
        return ISCC_ERROR_UNITS;
    iscc_simhash_start(&simhash);
    for (size_t i = 0; i < count; i++) {
        iscc_status status = add_code(&simhash, codes[i], bits);
        if (status != ISCC_OK)
            return status;
    }
    iscc_simhash_digest(&simhash, digest, bits / 8);
    iscc_codec_write_content(ISCC_MIXED, bits, digest, code);
    return ISCC_OK;
}
