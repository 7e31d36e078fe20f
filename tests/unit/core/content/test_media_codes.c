/* SPDX-License-Identifier: Apache-2.0 */
/* The codes of images, audio, video and mixed content, and the digests that they are made of, against golden vectors.
 */
#include <iscc/iscc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/dct.h"
#include "content/minhash.h"
#include "content/simhash.h"
#include "core/content/iso_vectors.h"
#include "support/canary.h"
#include "support/random.h"
#include "support/unit.h"

/* A code, or an error of one of two kinds, which writes nothing. */
static void check_result(const struct iso_vector *vector, iscc_status status, const char *code, const char *kind,
                         iscc_status expected)
{
    if (iso_is_error(vector, "bits"))
        expected = ISCC_ERROR_BITS;
    else if (!iso_is_error(vector, kind))
        expected = ISCC_OK;
    if (status != expected)
        fail_msg("%s: status %d (%s), not %d", vector->id, status, iscc_strerror(status), expected);
    if (status == ISCC_OK)
        iso_check_text(vector, "iscc", code, strlen(code));
    else
        canary_check(code, ISCC_CODE_SIZE);
}

static void check_hex(const struct iso_vector *vector, const uint8_t *digest, size_t size)
{
    char hex[2 * 32 + 1];

    for (size_t i = 0; i < size; i++)
        sprintf(hex + 2 * i, "%02x", digest[i]);
    iso_check_text(vector, "hex", hex, 2 * size);
}

static void check_image(const struct iso_vector *vector)
{
    char code[ISCC_CODE_SIZE];
    size_t size;
    uint8_t *pixels = iso_bytes(iso_input(vector, "pixels"), &size);

    CANARY_SET(code);
    if (iso_is_error(vector, "pixels"))
        assert_int_not_equal(size, 1024); /* which the function's type rules out */
    else
        check_result(vector, iscc_gen_image_code_v0(pixels, vector->bits, code), code, "pixels", ISCC_OK);
    free(pixels);
}

static void check_audio(const struct iso_vector *vector)
{
    char code[ISCC_CODE_SIZE];
    size_t count;
    int32_t *features = iso_features(iso_input(vector, "cv"), &count);

    CANARY_SET(code);
    check_result(vector, iscc_gen_audio_code_v0(features, count, vector->bits, code), code, "", ISCC_OK);
    free(features);
}

static void check_video(const struct iso_vector *vector)
{
    char code[ISCC_CODE_SIZE];
    size_t count;
    bool fit;
    int32_t *frames = iso_frames(iso_input(vector, "frames"), ISCC_VIDEO_FRAME, &count, &fit);

    CANARY_SET(code);
    if (!fit)
        assert_true(iso_is_error(vector, "frames")); /* which the function's type rules out */
    else
        check_result(vector, iscc_gen_video_code_v0(frames, count, vector->bits, code), code, "frames",
                     ISCC_ERROR_ARGUMENT);
    free(frames);
}

/* The codes that are refused have several reasons, each with the status of the function that finds it. */
static void check_mixed(const struct iso_vector *vector)
{
    const cJSON *codes = iso_input(vector, "codes");
    const char *list[64];
    char code[ISCC_CODE_SIZE];
    size_t count = 0;
    const cJSON *item;

    cJSON_ArrayForEach(item, codes)
    {
        assert_true(count < 64);
        list[count++] = item->valuestring;
    }
    CANARY_SET(code);
    const iscc_status status = iscc_gen_mixed_code_v0(list, count, vector->bits, code);
    check_result(vector, status, code, "codes", status == ISCC_ERROR_TOO_SHORT ? status : ISCC_ERROR_UNITS);
}

static void check_simhash(const struct iso_vector *vector)
{
    struct iscc_simhash simhash;
    uint8_t digest[ISCC_SIMHASH_SIZE_MAX];
    size_t size = 0;
    const cJSON *item;

    iscc_simhash_start(&simhash);
    cJSON_ArrayForEach(item, iso_input(vector, "digests"))
    {
        const cJSON recipe = {
            .type = cJSON_Object,
            .child = &(cJSON){.string = (char[]){"hex"}, .type = cJSON_String, .valuestring = item->valuestring}};
        uint8_t *bytes = iso_bytes(&recipe, &size);
        iscc_simhash_add(&simhash, bytes, size);
        free(bytes);
    }
    iscc_simhash_digest(&simhash, digest, size);
    check_hex(vector, digest, size);
}

static void check_minhash(const struct iso_vector *vector)
{
    const cJSON *features = iso_input(vector, "features");
    const struct iscc_kernels *kernels;
    const cJSON *item;

    for (size_t i = 0; (kernels = iscc_kernels_available(i)) != NULL; i++) {
        uint32_t minima[ISCC_MINIMA];
        uint8_t digest[ISCC_MINHASH_BYTES];
        iscc_minhash_start(minima);
        cJSON_ArrayForEach(item, features)
        {
            const uint32_t feature = (uint32_t)item->valuedouble;
            kernels->lower_minima(minima, &feature, 1);
        }
        iscc_minhash_digest(minima, digest);
        check_hex(vector, digest, sizeof digest);
    }
}

/* Every bit, that of a negative zero included. */
static void check_dct(const struct iso_vector *vector)
{
    double values[ISCC_DCT_MAX];
    size_t size = 0;
    const cJSON *item;

    cJSON_ArrayForEach(item, iso_input(vector, "vector"))
    {
        assert_true(size < ISCC_DCT_MAX);
        values[size++] = item->valuedouble;
    }
    iscc_dct(values, size);
    size = 0;
    cJSON_ArrayForEach(item, iso_output(vector, "hexfloat"))
    {
        const double expected = strtod(item->valuestring, NULL);
        if (memcmp(&values[size], &expected, sizeof expected) != 0)
            fail_msg("%s: value %zu is %a, not %a", vector->id, size, values[size], expected);
        size++;
    }
}

/* The digest of a video of one frame. */
static void check_wtahash(const struct iso_vector *vector)
{
    struct iscc_decoded decoded;
    char code[ISCC_CODE_SIZE];
    size_t count;
    int32_t *frame = iso_features(iso_input(vector, "vector"), &count);

    assert_int_equal(count, ISCC_VIDEO_FRAME);
    assert_int_equal(iscc_gen_video_code_v0(frame, 1, 256, code), ISCC_OK);
    assert_int_equal(iscc_decode(code, &decoded, NULL), ISCC_OK);
    check_hex(vector, decoded.digest, strlen(cJSON_GetStringValue(iso_output(vector, "hex"))) / 2);
    free(frame);
}

static void vectors(void **state)
{
    (void)state;
    iso_vectors_each("gen_image_code_v0", 28, check_image);
    iso_vectors_each("gen_audio_code_v0", 29, check_audio);
    iso_vectors_each("gen_video_code_v0", 23, check_video);
    iso_vectors_each("gen_mixed_code_v0", 20, check_mixed);
    iso_vectors_each("alg_simhash", 6, check_simhash);
    iso_vectors_each("alg_minhash_256", 4, check_minhash);
    iso_vectors_each("alg_dct", 5, check_dct);
    iso_vectors_each("alg_wtahash", 2, check_wtahash);
}

/* Against one counter for each bit, over numbers of digests where a further binary digit of the counts comes into use.
 */
static void simhash_of_many(void **state)
{
    static const size_t sizes[] = {1, 4, 9, 31, 32};
    uint64_t random = random_seed();

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct iscc_simhash simhash;
        size_t ones[8 * 32] = {0};
        iscc_simhash_start(&simhash);
        for (size_t count = 1; count <= 1100; count++) {
            uint8_t digest[32] = {0};
            uint8_t expected[32] = {0};
            random_fill(&random, digest, sizes[i]);
            digest[0] |= 0x81;
            iscc_simhash_add(&simhash, digest, sizes[i]);
            for (size_t bit = 0; bit < 8 * sizes[i]; bit++) {
                ones[bit] += (unsigned)digest[bit / 8] >> (7 - bit % 8) & 1u;
                expected[bit / 8] |= (uint8_t)((2 * ones[bit] >= count) << (7 - bit % 8));
            }
            iscc_simhash_digest(&simhash, digest, sizes[i]);
            assert_memory_equal(digest, expected, sizes[i]);
        }
    }
}

/* The other SubTypes that a nibble holds, which the standard does not define, pass as well; what has none does not. */
static void mixed_of_unknown_types(void **state)
{
    /* CONTENT with SubTypes 5 and 7, and IMAGE; an ISCC-CODE; a SubType of more than one nibble. */
    static const char *const codes[] = {"EUA6GIKXN42IQV3S", "E4A6GIKXN42IQV3S", "EEA6GIKXN42IQV3S"};
    static const char *const composite[] = {"EUA6GIKXN42IQV3S", "KUACL4F2WZY7KBXBV4JUTOPV7GQ2M"};
    static const char *const wide[] = {"EUA6GIKXN42IQV3S", "FAAQDZRBK5XTJCCXOI"};
    struct iscc_decoded decoded;
    char code[ISCC_CODE_SIZE];

    (void)state;
    assert_int_equal(iscc_gen_mixed_code_v0(codes, 3, 64, code), ISCC_OK);
    assert_int_equal(iscc_decode(code, &decoded, NULL), ISCC_OK);
    assert_int_equal(decoded.sub_type, ISCC_MIXED);
    /* Two of 25, 27 and 21 have each bit of 25. */
    assert_int_equal(decoded.digest[0], 0x25);
    assert_int_equal(iscc_decode(codes[0], &decoded, NULL), ISCC_ERROR_SUB_TYPE);
    assert_int_equal(iscc_gen_mixed_code_v0(composite, 2, 64, code), ISCC_ERROR_UNITS);
    assert_int_equal(iscc_gen_mixed_code_v0(wide, 2, 64, code), ISCC_ERROR_SUB_TYPE);
}

TEST_FILE(media_codes)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors),
        cmocka_unit_test(simhash_of_many),
        cmocka_unit_test(mixed_of_unknown_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
