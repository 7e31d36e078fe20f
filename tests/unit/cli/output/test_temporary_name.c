/* SPDX-License-Identifier: Apache-2.0 */
/* Which names are those of temporary files: the form is exact, so that no other file is ever left out of a walk. */
#include <stdio.h>

#include "output/temporary_name.h"
#include "support/unit.h"

static void made_names_are_recognized(void **state)
{
    char name[64];

    (void)state;
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        assert_true(temporary_name_make(name, sizeof name, attempt));
        assert_true(temporary_name_is(name));
    }
    assert_false(temporary_name_make(name, sizeof ".iscc-1-1-1", 0));
}

static void other_names_are_not(void **state)
{
    static const char *const names[] = {"",
                                        ".",
                                        ".iscc-",
                                        ".iscc-.tmp",
                                        ".iscc-1.tmp",
                                        ".iscc-1-2.tmp",
                                        ".iscc-1-2-.tmp",
                                        ".iscc-1--3.tmp",
                                        ".iscc--2-3.tmp",
                                        ".iscc-1-2-3",
                                        ".iscc-1-2-3.tm",
                                        ".iscc-1-2-3.tmp.",
                                        ".iscc-1-2-3.tmp~",
                                        ".iscc-1-2-3-4.tmp",
                                        ".iscc-1-2-a.tmp",
                                        ".iscc-1-g-3.tmp",
                                        ".iscc-A-2-3.tmp",
                                        ".ISCC-1-2-3.tmp",
                                        "iscc-1-2-3.tmp",
                                        " .iscc-1-2-3.tmp",
                                        ".iscc-notes.tmp"};

    (void)state;
    assert_true(temporary_name_is(".iscc-1-2-3.tmp"));
    assert_true(temporary_name_is(".iscc-70dd-38fc97f2-10.tmp"));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (temporary_name_is(names[i]))
            fail_msg("%s", names[i]);
}

TEST_FILE(temporary_name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(made_names_are_recognized),
        cmocka_unit_test(other_names_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
