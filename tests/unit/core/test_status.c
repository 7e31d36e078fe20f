/* SPDX-License-Identifier: Apache-2.0 */
/* Each status has its own text, and the version is that of the header. */
#include <ctype.h>
#include <iscc/iscc.h>
#include <stdio.h>
#include <string.h>

#include "support/unit.h"

static void test_words(void **state)
{
    (void)state;
    for (int status = ISCC_OK; status <= ISCC_ERROR_META_SIZE; status++) {
        const char *words = iscc_strerror((iscc_status)status);
        assert_string_not_equal(words, "unknown status");
        assert_true(strlen(words) > 0);
        assert_false(isupper((unsigned char)words[0]) && islower((unsigned char)words[1]));
        assert_int_not_equal(words[strlen(words) - 1], '.');
        for (int other = ISCC_OK; other < status; other++)
            assert_string_not_equal(words, iscc_strerror((iscc_status)other));
    }
    assert_string_equal(iscc_strerror((iscc_status)(ISCC_ERROR_META_SIZE + 1)), "unknown status");
    assert_string_equal(iscc_strerror((iscc_status)-1), "unknown status");
}

static void test_version(void **state)
{
    char version[64];

    (void)state;
    snprintf(version, sizeof version, "%d.%d.%d", ISCC_VERSION_MAJOR, ISCC_VERSION_MINOR, ISCC_VERSION_PATCH);
    assert_string_equal(iscc_version(), version);
    assert_int_equal(iscc_abi_version(), ISCC_ABI_VERSION);
}

TEST_FILE(status)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
