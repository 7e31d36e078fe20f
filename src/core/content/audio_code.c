/* SPDX-License-Identifier: Apache-2.0 */
/* The Audio-Code (ISO 24138 "Audio-Code"): similarity hashes of the parts of an acoustic fingerprint. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "codes/codec.h"
#include "content/simhash.h"

#define PART_BYTES ((size_t)4)
#define QUARTERS 4u
#define THIRDS 3u

static void hash_part(const int32_t *features, size_t count, uint8_t digest[PART_BYTES])
{
    struct iscc_simhash simhash;

    iscc_simhash_start(&simhash);
    for (size_t i = 0; i < count; i++) {
        const uint32_t value = (uint32_t)features[i];
        const uint8_t bytes[PART_BYTES] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                                           (uint8_t)value};
        iscc_simhash_add(&simhash, bytes, sizeof bytes);
    }
    iscc_simhash_digest(&simhash, digest, PART_BYTES);
}

/* Splits the features into `parts` parts, of which the first count % parts have one feature more. */
static void hash_parts(const int32_t *features, size_t count, size_t parts, uint8_t *digest)
{
    for (size_t part = 0; part < parts; part++) {
        const size_t size = count / parts + (part < count % parts);
        hash_part(features, size, digest + part * PART_BYTES);
        features += size;
    }
}

static int compare_features(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *)left;
    const int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* All features, their quarters in the order of the stream, and their thirds in ascending order. */
static iscc_status hash_features(const int32_t *features, size_t count, uint8_t *digest)
{
    int32_t *sorted = malloc(count * sizeof *sorted);

    if (sorted == NULL)
        return ISCC_ERROR_MEMORY;
    memcpy(sorted, features, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_features);
    hash_part(features, count, digest);
    hash_parts(features, count, QUARTERS, digest + PART_BYTES);
    hash_parts(sorted, count, THIRDS, digest + (1 + QUARTERS) * PART_BYTES);
    free(sorted);
    return ISCC_OK;
}

iscc_status iscc_gen_audio_code_v0(const int32_t *features, size_t count, unsigned bits, char code[ISCC_CODE_SIZE])
{
    uint8_t digest[(1 + QUARTERS + THIRDS) * PART_BYTES] = {0};
    iscc_status status = ISCC_OK;

    if ((features == NULL && count > 0) || count > SIZE_MAX / sizeof *features || code == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (!iscc_codec_bits_valid(bits))
        return ISCC_ERROR_BITS;
    if (count > 0)
        status = hash_features(features, count, digest);
    if (status == ISCC_OK)
        iscc_codec_write_content(ISCC_AUDIO, bits, digest, code);
    return status;
}
