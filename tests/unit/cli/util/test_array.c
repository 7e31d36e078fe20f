/* SPDX-License-Identifier: Apache-2.0 */
/* Growth of arrays. */
#include <stdlib.h>

#include "support/unit.h"
#include "util/array.h"

static void returns_the_same_block_while_it_is_large_enough(void **state)
{
    uint64_t *numbers = NULL;
    size_t capacity = 0;
    size_t moves = 0;

    (void)state;
    for (size_t i = 0; i < 100000; i++) {
        const size_t before = capacity;
        uint64_t *grown = array_grow(numbers, &capacity, i + 1, sizeof *grown);
        assert_non_null(grown);
        assert_true(capacity > i && (capacity == before ? grown == numbers : capacity >= before + before / 2));
        moves += capacity != before;
        numbers = grown;
        numbers[i] = i;
    }
    assert_true(moves < 30);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(numbers[i], i);
    free(numbers);
}

static void grows_to_what_is_needed(void **state)
{
    size_t capacity = 0;
    char *bytes = array_grow(NULL, &capacity, 0, 1);

    (void)state;
    assert_non_null(bytes);
    bytes = array_grow(bytes, &capacity, 1000, 1);
    assert_non_null(bytes);
    assert_int_equal(capacity, 1000);
    bytes[999] = 'a';
    free(bytes);
}

/* Several huge pages long; 12 does not divide their size. */
static void keeps_its_bytes_when_it_becomes_large(void **state)
{
    struct element {
        uint32_t numbers[3];
    } *elements = NULL;
    const size_t count = 1000 * 1000;
    size_t capacity = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        elements = array_grow(elements, &capacity, i + 1, sizeof *elements);
        assert_non_null(elements);
        elements[i] = (struct element){{(uint32_t)i, 1, (uint32_t)~i}};
    }
    for (size_t i = 0; i < count; i++)
        if (elements[i].numbers[0] != i || elements[i].numbers[1] != 1 || elements[i].numbers[2] != (uint32_t)~i)
            fail_msg("element %zu has changed", i);
    free(elements);
}

static void rejects_sizes_that_overflow(void **state)
{
    size_t capacity = 0;
    char *bytes = array_grow(NULL, &capacity, 100, 1);

    (void)state;
    assert_non_null(bytes);
    bytes[99] = 'a';
    assert_null(array_grow(bytes, &capacity, SIZE_MAX / 8 + 1, 8)); /* the size in bytes would wrap around to 0 */
    assert_null(array_grow(bytes, &capacity, SIZE_MAX, 1));         /* and so would whole pages */
    assert_int_equal(capacity, 100);
    assert_int_equal(bytes[99], 'a');
    free(bytes);
}

TEST_FILE(array)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(returns_the_same_block_while_it_is_large_enough),
        cmocka_unit_test(grows_to_what_is_needed),
        cmocka_unit_test(keeps_its_bytes_when_it_becomes_large),
        cmocka_unit_test(rejects_sizes_that_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
