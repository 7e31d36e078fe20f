/* SPDX-License-Identifier: Apache-2.0 */
/* What can be measured: with every backend, and no arguments out of range. */
#include "measure.h"

#include "support/unit.h"

static const char bytes[] = "some bytes";

static void assert_argument(iscc_status status)
{
    assert_int_equal(status, ISCC_ERROR_ARGUMENT);
}

static void measure(void **state)
{
    size_t count = 0;

    (void)state;
    while (iscc_measure_name(count) != NULL)
        count++;
    assert_true(count > 0);
    assert_null(iscc_measure_name(SIZE_MAX));
    assert_argument(iscc_measure(count, "portable", bytes, 1));
    assert_argument(iscc_measure(SIZE_MAX, "portable", bytes, 1));
    for (size_t i = 0; i < count; i++) {
        assert_argument(iscc_measure(i, NULL, bytes, 1));
        assert_argument(iscc_measure(i, "portable", NULL, 1));
        assert_argument(iscc_measure(i, "portable", bytes, 0));
        assert_argument(iscc_measure(i, "portable", bytes, ((size_t)1 << 30) + 1));
        assert_int_equal(iscc_measure(i, "nonsense", bytes, 1), ISCC_ERROR_BACKEND);
        for (size_t j = 0; iscc_backend_available(j) != NULL; j++) {
            assert_int_equal(iscc_measure(i, iscc_backend_available(j), bytes, 1), ISCC_OK);
            assert_int_equal(iscc_measure(i, iscc_backend_available(j), bytes, sizeof bytes), ISCC_OK);
        }
    }
}

TEST_FILE(measure)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(measure)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
