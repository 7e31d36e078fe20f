/* SPDX-License-Identifier: Apache-2.0 */
/* The Meta-Code against golden vectors, and the parts of it: Data-URLs and base64. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "content/base64.h"
#include "content/data_url.h"
#include "core/content/iso_vectors.h"
#include "support/canary.h"
#include "support/random.h"
#include "support/unit.h"

/* The text of a member, or NULL with size 0 where there is none. */
static char *read_input(const struct iso_vector *vector, const char *name, size_t *size)
{
    const cJSON *input = iso_input(vector, name);

    *size = 0;
    return input == NULL || cJSON_IsNull(input) ? NULL : (char *)iso_bytes(input, size);
}

/* What the standard returns as "meta": the Data-URL that was given, or that of the JSON. */
static void check_meta(const struct iso_vector *vector, const char *meta, size_t size)
{
    char *url = NULL;
    size_t length = 0;

    if (size == 0 || iso_output(vector, "meta") == NULL) {
        iso_check_text(vector, "meta", NULL, 0);
        return;
    }
    if (memcmp(meta, "data:", 5) == 0) {
        iso_check_text(vector, "meta", meta, size);
        return;
    }
    assert_int_equal(iscc_json_to_data_url(meta, size, NULL, 0, &length), ISCC_ERROR_CAPACITY);
    url = malloc(length);
    assert_non_null(url);
    assert_int_equal(iscc_json_to_data_url(meta, size, url, length - 1, &length), ISCC_ERROR_CAPACITY);
    assert_int_equal(iscc_json_to_data_url(meta, size, url, length, &length), ISCC_OK);
    iso_check_text(vector, "meta", url, length);
    free(url);
}

static iscc_status expected_status(const struct iso_vector *vector)
{
    static const struct {
        const char *kind;
        iscc_status status;
    } kinds[] = {{"name", ISCC_ERROR_NAME},     {"json", ISCC_ERROR_META},           {"json-object", ISCC_ERROR_META},
                 {"data-url", ISCC_ERROR_META}, {"meta-size", ISCC_ERROR_META_SIZE}, {"bits", ISCC_ERROR_BITS},
                 {"utf8", ISCC_ERROR_UTF8}};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (iso_is_error(vector, kinds[i].kind))
            return kinds[i].status;
    return ISCC_OK;
}

static void check_vector(const struct iso_vector *vector)
{
    struct iscc_meta_code code;
    size_t name_size, description_size, meta_size;
    char *name = read_input(vector, "name", &name_size);
    char *description = read_input(vector, "description", &description_size);
    char *meta = read_input(vector, "meta", &meta_size);

    CANARY_SET(code);
    const iscc_status status =
        iscc_gen_meta_code_v0(name, name_size, description, description_size, meta, meta_size, vector->bits, &code);
    if (status != expected_status(vector))
        fail_msg("%s: status %d (%s)", vector->id, status, iscc_strerror(status));
    if (status != ISCC_OK) {
        CANARY_CHECK(code);
    } else {
        const size_t length = strlen(code.description);
        iso_check_text(vector, "iscc", code.iscc, strlen(code.iscc));
        iso_check_text(vector, "name", code.name, strlen(code.name));
        iso_check_text(vector, "description", length > 0 ? code.description : NULL, length);
        iso_check_text(vector, "metahash", code.metahash, strlen(code.metahash));
        check_meta(vector, meta, meta_size);
    }
    free(name);
    free(description);
    free(meta);
}

static void check_url(const struct iso_vector *vector)
{
    char url[1000];
    size_t size;
    size_t length;
    char *json = (char *)iso_bytes(iso_input(vector, "json"), &size);

    assert_int_equal(iscc_json_to_data_url(json, size, url, sizeof url, &length), ISCC_OK);
    iso_check_text(vector, "url", url, length);
    free(json);
}

static void vectors(void **state)
{
    (void)state;
    iso_vectors_each("gen_meta_code_v0", 86, check_vector);
    iso_vectors_each("json_to_data_url", 2, check_url);
}

static const struct {
    const char *url;
    const char *payload; /* NULL: refused */
} urls[] = {
    {"data:;base64,YQ==", "a"},
    {"data:text/plain;base64,YWI=", "ab"},
    {"data:text/plain;charset=utf-8;a=b;base64,YWJj", "abc"},
    {"data:application/ld+json;base64,YWJjZA==", "abcd"},
    {"data:;charset=utf-8;base64,YWJj", "abc"},
    {"data:;base64,+/+/", "\xfb\xff\xbf"},
    {"data:", NULL},
    {"data:,", NULL},
    {"data:,abc", NULL},
    {"data:base64,YQ==", NULL},
    {"data:;base64", NULL},
    {"data:;base64,", NULL},
    {"data:;BASE64,YQ==", NULL},
    {"data:text;base64,YQ==", NULL},
    {"data:/plain;base64,YQ==", NULL},
    {"data:text/;base64,YQ==", NULL},
    {"data:text/plain;;base64,YQ==", NULL},
    {"data:text/plain;a;base64,YQ==", NULL},
    {"data:text/plain;=b;base64,YQ==", NULL},
    {"data:text/plain;a=;base64,YQ==", NULL},
    {"data:text/pl ain;base64,YQ==", NULL},
    {"data:text/plain;a=b,c;base64,YQ==", NULL},
    {"data:;base64,YQ", NULL},
    {"data:;base64,YQ=", NULL},
    {"data:;base64,Y===", NULL},
    {"data:;base64,====", NULL},
    {"data:;base64,YQ==YQ==", NULL},
    {"data:;base64,YW=j", NULL},
    {"data:;base64,-_-_", NULL},
    {"data:;base64, YQ==", NULL},
    {"data:;base64,YQ==\n", NULL},
};

static void data_urls(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        struct iscc_bytes payload = {0};
        const char *url = urls[i].url;
        assert_true(iscc_data_url_begins(url, strlen(url)));
        const iscc_status status = iscc_data_url_decode(url, strlen(url), &payload);
        if (status != (urls[i].payload != NULL ? ISCC_OK : ISCC_ERROR_META))
            fail_msg("%s: %s", url, iscc_strerror(status));
        if (status == ISCC_OK) {
            assert_int_equal(payload.size, strlen(urls[i].payload));
            assert_memory_equal(payload.data, urls[i].payload, payload.size);
        }
        free(payload.data);
    }
    assert_false(iscc_data_url_begins("data", 4));
    assert_false(iscc_data_url_begins("Data:,", 6));
}

static void base64(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t size = 0; size < 300; size++) {
        uint8_t bytes[300];
        uint8_t decoded[400];
        char text[400];
        size_t length = 12345;
        random_fill(&random, bytes, size);
        iscc_base64_encode(bytes, size, text);
        assert_true(iscc_base64_decode(text, ISCC_BASE64_SIZE(size), decoded, &length));
        assert_int_equal(length, size);
        assert_memory_equal(decoded, bytes, size);
        if (size > 0) {
            text[random_below(&random, ISCC_BASE64_SIZE(size) - 3)] = (char)(0x80 | random_below(&random, 128));
            assert_false(iscc_base64_decode(text, ISCC_BASE64_SIZE(size), decoded, &length));
            assert_false(iscc_base64_decode(text, ISCC_BASE64_SIZE(size) - 1, decoded, &length));
        }
    }
}

TEST_FILE(meta_code)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors),
        cmocka_unit_test(data_urls),
        cmocka_unit_test(base64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
