/* SPDX-License-Identifier: Apache-2.0 */
/* The line of progress, and sizes for people. */
#include <string.h>

#include "progress/progress_text.h"
#include "support/unit.h"

static void sizes(void **state)
{
    static const struct {
        double bytes;
        const char *text;
    } cases[] = {{0, "0 B"},         {1, "1 B"},         {999, "999 B"},        {1000, "1.0 kB"},
                 {1049, "1.0 kB"},   {1051, "1.1 kB"},   {9949, "9.9 kB"},      {9951, "10 kB"},
                 {999499, "999 kB"}, {999500, "1.0 MB"}, {999600000, "1.0 GB"}, {1.2e12, "1.2 TB"},
                 {3e15, "3.0 PB"},   {18.4e18, "18 EB"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[SIZE_TEXT_SIZE];
        size_text(text, cases[i].bytes);
        assert_string_equal(text, cases[i].text);
    }
}

static void lines(void **state)
{
    static const struct {
        struct progress_state state;
        const char *text;
    } cases[] = {
        {{.files = 0}, "0 files, 0 B, 0 B/s"},
        {{.files = 1, .bytes = 10, .bytes_read = 10, .seconds = 2}, "1 file, 10 B, 5 B/s"},
        {{.files = 112,
          .bytes = 37,
          .bytes_read = 37,
          .has_total = true,
          .total_files = 300,
          .total_bytes = 100,
          .seconds = 37},
         "37 % 112/300 files, 1 B/s, 1:03 left"},
        /* By files where no size is known. */
        {{.files = 75, .bytes = 9, .has_total = true, .total_files = 300, .seconds = 1300},
         "25 % 75/300 files, 0 B/s, 1:05:00 left"},
        /* Known files count without having been read. */
        {{.files = 2, .bytes = 50, .has_total = true, .total_files = 4, .total_bytes = 100, .seconds = 3},
         "50 % 2/4 files, 0 B/s, 0:03 left"},
        /* No estimate from next to nothing; not more than all; nothing to do. */
        {{.files = 1, .bytes = 9, .has_total = true, .total_files = 4, .total_bytes = 1000, .seconds = 3},
         "0 % 1/4 files, 0 B/s"},
        {{.files = 5, .bytes = 200, .has_total = true, .total_files = 4, .total_bytes = 100, .seconds = 3},
         "100 % 5/4 files, 0 B/s, 0:00 left"},
        {{.has_total = true, .seconds = 3}, "100 % 0/0 files, 0 B/s, 0:00 left"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[PROGRESS_TEXT_SIZE];
        progress_text(text, &cases[i].state);
        assert_string_equal(text, cases[i].text);
    }
}

static void the_longest_line_fits(void **state)
{
    const struct progress_state most = {UINT64_MAX, UINT64_MAX / 2, UINT64_MAX, true, UINT64_MAX, UINT64_MAX, 1e6};
    char text[PROGRESS_TEXT_SIZE];

    (void)state;
    progress_text(text, &most);
    assert_non_null(strstr(text, " left"));
}

TEST_FILE(progress_text)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sizes), cmocka_unit_test(lines),
                                       cmocka_unit_test(the_longest_line_fits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
