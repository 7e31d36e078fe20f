/* SPDX-License-Identifier: Apache-2.0 */
/* A wish for kernels that cannot be met: an error of every function that would need them, never a replacement. */
#include <iscc/iscc.h>
#include <stdlib.h>

#include "support/canary.h"
#include "support/unit.h"

static void assert_backend(iscc_status status)
{
    assert_int_equal(status, ISCC_ERROR_BACKEND);
}

/* Comes first: a choice that was made stays for the life of the process. */
static void unknown_names(void **state)
{
    const char *const names[] = {"nonsense", " ", "Portable", "portable ", "AUTO", "avx", "portable,avx2"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *name;
        CANARY_SET(name);
        assert_int_equal(setenv("ISCC_BACKEND", names[i], 1), 0);
        assert_backend(iscc_backend(&name));
        CANARY_CHECK(name);
    }
}

static void hashers_refuse(void **state)
{
    iscc_data_hasher *data;
    iscc_instance_hasher *instance;
    iscc_sum_hasher *sum;
    iscc_data_block *block;

    (void)state;
    assert_int_equal(setenv("ISCC_BACKEND", "nonsense", 1), 0);
    CANARY_SET(data);
    CANARY_SET(instance);
    CANARY_SET(sum);
    CANARY_SET(block);
    assert_backend(iscc_data_hasher_new(&data));
    assert_backend(iscc_instance_hasher_new(&instance));
    assert_backend(iscc_sum_hasher_new(&sum));
    assert_backend(iscc_data_block_new(&block, 1000));
    CANARY_CHECK(data);
    CANARY_CHECK(instance);
    CANARY_CHECK(sum);
    CANARY_CHECK(block);
}

static void functions_refuse(void **state)
{
    char code[ISCC_CODE_SIZE];
    char datahash[ISCC_DATAHASH_SIZE];
    uint64_t filesize;
    struct iscc_sum_code sum;
    unsigned distance;

    (void)state;
    assert_int_equal(setenv("ISCC_BACKEND", "nonsense", 1), 0);
    CANARY_SET(code);
    CANARY_SET(datahash);
    CANARY_SET(filesize);
    CANARY_SET(sum);
    CANARY_SET(distance);
    assert_backend(iscc_gen_data_code_v0("", 0, 64, code));
    assert_backend(iscc_gen_instance_code_v0("", 0, 64, code, datahash, &filesize));
    assert_backend(iscc_gen_sum_code_v0("", 0, ISCC_WIDE, &sum));
    assert_backend(iscc_hamming_distance("a", "b", 1, &distance));
    CANARY_CHECK(code);
    CANARY_CHECK(datahash);
    CANARY_CHECK(filesize);
    CANARY_CHECK(sum);
    CANARY_CHECK(distance);
}

/* Composing works on text and needs no kernels. */
static void text_needs_no_backend(void **state)
{
    const char *const units[] = {"ISCC:GAASL4F2WZY7KBXB", "ISCC:IAA26E2JXH27TING"};
    char code[ISCC_CODE_SIZE];

    (void)state;
    assert_int_equal(setenv("ISCC_BACKEND", "nonsense", 1), 0);
    assert_int_equal(iscc_gen_iscc_code_v0(units, 2, ISCC_NARROW, code), ISCC_OK);
}

static void available_names(void **state)
{
    size_t count = 0;

    (void)state;
    assert_string_equal(iscc_backend_available(0), "portable");
    while (iscc_backend_available(count) != NULL)
        count++;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(iscc_backend_available(i), iscc_backend_available(j));
    assert_null(iscc_backend_available(count + 1));
}

/* Once a wish can be met it is, and the choice stays, whatever the environment says later. */
static void choice_is_made_once(void **state)
{
    const char *name = NULL;

    (void)state;
    assert_int_equal(setenv("ISCC_BACKEND", "portable", 1), 0);
    assert_int_equal(iscc_backend(&name), ISCC_OK);
    assert_string_equal(name, "portable");
    assert_int_equal(setenv("ISCC_BACKEND", "nonsense", 1), 0);
    assert_int_equal(iscc_backend(&name), ISCC_OK);
    assert_string_equal(name, "portable");
}

TEST_FILE(backend)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_names),    cmocka_unit_test(hashers_refuse),
        cmocka_unit_test(functions_refuse), cmocka_unit_test(text_needs_no_backend),
        cmocka_unit_test(available_names),  cmocka_unit_test(choice_is_made_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
