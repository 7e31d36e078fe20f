/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks that grow. */
#include <stdlib.h>

#include "support/unit.h"
#include "util/array.h"

static void keeps_what_it_has(void **state)
{
    uint64_t *numbers = NULL;
    size_t room = 0;
    size_t moves = 0;

    (void)state;
    for (size_t i = 0; i < 100000; i++) {
        const size_t before = room;
        uint64_t *grown = array_grow(numbers, &room, i + 1, sizeof *grown);
        assert_non_null(grown);
        assert_true(room > i && (room == before ? grown == numbers : room >= before + before / 2));
        moves += room != before;
        numbers = grown;
        numbers[i] = i;
    }
    assert_true(moves < 30);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(numbers[i], i);
    free(numbers);
}

static void takes_what_is_needed(void **state)
{
    size_t room = 0;
    char *bytes = array_grow(NULL, &room, 0, 1);

    (void)state;
    assert_non_null(bytes);
    bytes = array_grow(bytes, &room, 1000, 1);
    assert_non_null(bytes);
    assert_int_equal(room, 1000);
    bytes[999] = 'a';
    free(bytes);
}

static void refuses_what_cannot_be(void **state)
{
    size_t room = 0;
    char *bytes = array_grow(NULL, &room, 100, 1);

    (void)state;
    assert_non_null(bytes);
    bytes[99] = 'a';
    assert_null(array_grow(bytes, &room, SIZE_MAX / 8 + 1, 8)); /* whose size in bytes would be 0 */
    assert_int_equal(room, 100);
    assert_int_equal(bytes[99], 'a');
    free(bytes);
}

TEST_FILE(array)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_it_has),
        cmocka_unit_test(takes_what_is_needed),
        cmocka_unit_test(refuses_what_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
