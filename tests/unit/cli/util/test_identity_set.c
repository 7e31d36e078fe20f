/* SPDX-License-Identifier: Apache-2.0 */
/* A file is new to the set once. */
#include "support/unit.h"
#include "util/identity_set.h"

static void test_growth(void **state)
{
    (void)state;
    enum { DEVICES = 3, INODES = 2000 };
    struct identity_set set = {.slots = NULL};

    for (int round = 0; round < 2; round++)
        for (dev_t device = 0; device < DEVICES; device++)
            for (ino_t inode = 1; inode <= INODES; inode++)
                assert_int_equal(identity_set_add(&set, &(struct file_identity){device, inode * 4096}), round == 0);
    assert_int_equal(set.count, DEVICES * INODES);
    /* Some file systems have no inodes, so their files are never the same. */
    for (int i = 0; i < 2; i++)
        assert_true(identity_set_add(&set, &(struct file_identity){.device = 1}));
    identity_set_free(&set);
}

TEST_FILE(identity_set)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_growth)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
