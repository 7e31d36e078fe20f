/* SPDX-License-Identifier: Apache-2.0 */
/* The directory of a list, derived from its path: R18 of docs/check-rules.md. */
#include <stdlib.h>
#include <sys/stat.h>

#include "check/list_base.h"
#include "support/folder.h"
#include "support/unit.h"

static void assert_base(struct directory *base, const char *expected)
{
    struct file_identity identity;
    struct stat status;

    assert_non_null(base);
    assert_true(directory_identify(base, &identity));
    assert_int_equal(stat(expected, &status), 0);
    assert_int_equal(identity.device, status.st_dev);
    assert_int_equal(identity.inode, status.st_ino);
    directory_release(base);
}

/* The list need not exist: only its path counts. */
static void of_lists(void **state)
{
    char *folder = folder_path("");
    char *list = folder_path("list");

    (void)state;
    assert_base(list_base_open_for_list("list"), ".");
    assert_base(list_base_open_for_list("./list"), ".");
    assert_base(list_base_open_for_list("/list"), "/");
    assert_base(list_base_open_for_list("//list"), "/");
    assert_base(list_base_open_for_list("../list"), "..");
    assert_base(list_base_open_for_list(list), folder);
    assert_null(list_base_open_for_list("/missing/list"));
    free(folder);
    free(list);
}

static void of_names(void **state)
{
    (void)state;
    assert_base(list_base_open("/"), "/");
    assert_base(list_base_open("."), ".");
    assert_null(list_base_open(""));
    assert_null(list_base_open("/missing"));
}

static void the_word(void **state)
{
    (void)state;
    assert_true(list_base_is_per_list("list"));
    assert_false(list_base_is_per_list("./list"));
    assert_false(list_base_is_per_list("list/"));
    assert_false(list_base_is_per_list("List"));
    assert_false(list_base_is_per_list(NULL));
}

TEST_FILE(list_base)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_lists),
        cmocka_unit_test(of_names),
        cmocka_unit_test(the_word),
    };
    return cmocka_run_group_tests_name("base", tests, folder_make, folder_remove);
}
