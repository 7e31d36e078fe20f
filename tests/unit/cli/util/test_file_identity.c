/* SPDX-License-Identifier: Apache-2.0 */
/* Comparison of timestamps, and which of them will differ after any later change. */
#include <time.h>

#include "support/unit.h"
#include "util/file_identity.h"

static void equal(void **state)
{
    const struct file_times times = {.modified = {.tv_sec = 1, .tv_nsec = 2}, .changed = {.tv_sec = 3, .tv_nsec = 4}};
    struct file_times other = times;

    (void)state;
    assert_true(file_times_equal(&times, &other));
    other.modified.tv_sec++;
    assert_false(file_times_equal(&times, &other));
    other = times;
    other.modified.tv_nsec++;
    assert_false(file_times_equal(&times, &other));
    other = times;
    other.changed.tv_sec++;
    assert_false(file_times_equal(&times, &other));
    other = times;
    other.changed.tv_nsec++;
    assert_false(file_times_equal(&times, &other));
}

static void of_status(void **state)
{
    const struct stat status = {.st_mtim = {.tv_sec = 1, .tv_nsec = 2}, .st_ctim = {.tv_sec = 3, .tv_nsec = 4}};
    const struct file_times times = file_times_of(&status);

    (void)state;
    assert_true(times.modified.tv_sec == 1 && times.modified.tv_nsec == 2);
    assert_true(times.changed.tv_sec == 3 && times.changed.tv_nsec == 4);
}

#define MS 1000000L
#define LAST ((time_t)(FILE_TIMES_SECONDS_MAX - 1))

static const struct {
    struct timespec modified;
    struct timespec changed;
    struct timespec moment;
    bool is_settled;
} settled_examples[] = {
    {{5, 1}, {5, 1}, {5, 1}, false},
    {{5, 1}, {5, 1}, {5, 20 * MS}, false},
    {{5, 1}, {5, 1}, {5, 20 * MS + 1}, true},
    {{5, 1}, {5, 990 * MS}, {6, 9 * MS}, false},
    {{5, 1}, {5, 990 * MS}, {6, 10 * MS}, true},
    {{5, 1}, {5, 990 * MS}, {7, 0}, true},
    {{5, 1}, {5, 999999999}, {8, 0}, true},
    /* A ctime in the future: the clock was set back, or belongs to another machine. */
    {{5, 1}, {5, 30 * MS}, {5, 1}, false},
    {{5, 1}, {6, 1}, {5, 999999999}, false},
    {{5, 1}, {9000000000, 1}, {5, 1}, false},
    /* Any mtime will do, because a change sets ctime. */
    {{9000000000, 1}, {5, 1}, {6, 1}, true},
    {{-5, 1}, {5, 1}, {5, 1}, false},
    /* Timestamps in whole seconds. */
    {{5, 0}, {5, 0}, {6, 999999999}, false},
    {{5, 0}, {5, 0}, {7, 0}, true},
    {{5, 0}, {5, 0}, {8, 0}, true},
    {{5, 0}, {5, 1}, {5, 500 * MS}, true},
    {{5, 1}, {5, 0}, {5, 500 * MS}, true},
    /* Outside the range allowed in JSON. */
    {{LAST, 1}, {5, 1}, {9, 1}, true},
    {{-LAST, 1}, {5, 1}, {9, 1}, true},
    {{LAST + 1, 1}, {5, 1}, {9, 1}, false},
    {{-LAST - 1, 1}, {5, 1}, {9, 1}, false},
    {{5, 1}, {-LAST, 1}, {LAST, 1}, true},
    {{5, 1}, {-LAST - 1, 1}, {9, 1}, false},
    {{5, 1}, {LAST, 1}, {-LAST, 1}, false},
};

/* A kernel tick is at most 10 ms, so the margin is 20 ms. */
static void settled(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof settled_examples / sizeof settled_examples[0]; i++) {
        const struct file_times times = {.modified = settled_examples[i].modified,
                                         .changed = settled_examples[i].changed};
        if (file_times_are_settled(&times, &settled_examples[i].moment) != settled_examples[i].is_settled)
            fail_msg("example %zu", i);
    }
}

/* A file written just now could be written again within the same tick without showing it. */
static void the_clock(void **state)
{
    const struct timespec now = file_times_clock();
    const struct timespec later = {.tv_sec = now.tv_sec + 1, .tv_nsec = now.tv_nsec};
    const struct file_times times = {.modified = {.tv_nsec = 1}, .changed = now};

    (void)state;
    assert_true(now.tv_sec > 0);
    assert_false(file_times_are_settled(&times, &now));
    assert_true(file_times_are_settled(&times, &later));
}

TEST_FILE(file_identity)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal),
        cmocka_unit_test(of_status),
        cmocka_unit_test(settled),
        cmocka_unit_test(the_clock),
    };
    return cmocka_run_group_tests_name("file times", tests, NULL, NULL);
}
