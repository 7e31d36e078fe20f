/* SPDX-License-Identifier: Apache-2.0 */
/* The windows of texts against golden vectors. */
#include <stdlib.h>
#include <string.h>

#include "content/windows.h"
#include "core/content/iso_vectors.h"
#include "support/unit.h"

static void check_vector(const struct iso_vector *vector)
{
    const unsigned width = (unsigned)cJSON_GetNumberValue(iso_input(vector, "width"));
    const cJSON *expected;
    struct iscc_windows windows;
    bool has_window = true;
    size_t size;
    char *text = (char *)iso_bytes(iso_input(vector, "text"), &size);

    const bool is_allowed = iscc_windows_start(&windows, text, size, width);
    assert_int_equal(is_allowed, !iso_is_error(vector, "width"));
    cJSON_ArrayForEach(expected, iso_output(vector, "windows"))
    {
        assert_true(has_window);
        assert_int_equal(windows.end - windows.begin, strlen(expected->valuestring));
        assert_memory_equal(text + windows.begin, expected->valuestring, windows.end - windows.begin);
        has_window = iscc_windows_next(&windows);
    }
    assert_true(!is_allowed || !has_window);
    free(text);
}

static void vectors(void **state)
{
    (void)state;
    iso_vectors_each("sliding_window", 5, check_vector);
}

static void an_empty_text_is_one_window(void **state)
{
    struct iscc_windows windows;

    (void)state;
    assert_true(iscc_windows_start(&windows, "", 0, 3));
    assert_true(windows.begin == 0 && windows.end == 0);
    assert_false(iscc_windows_next(&windows));
}

TEST_FILE(windows)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors),
        cmocka_unit_test(an_empty_text_is_one_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
