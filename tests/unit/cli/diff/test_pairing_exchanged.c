/* SPDX-License-Identifier: Apache-2.0 */
/* Files that moved onto a name that both sides have: docs/diff.md, D9. */
#include <stdio.h>
#include <string.h>

#include "diff/difference.h"
#include "support/unit.h"

enum { TEXT_SIZE = 256 };

/* Adds files written as "NAME=CONTENT ...": a letter, and two digits, of which the first names a family. Contents of
 * one family are near one another. */
static void add_all(struct catalogue *catalogue, const char *files)
{
    for (; *files != '\0'; files += strlen("a=11") + (files[strlen("a=11")] == ' ')) {
        const char name[] = {files[0], '\0'};
        struct file_record file = {.name = name, .name_size = 1, .data_bits = 128, .instance_bits = 128};
        memset(file.data, files[2] * 85, 16);
        file.data[0] ^= (uint8_t)(files[3] - '0');
        memset(file.instance, files[2], 8);
        memset(file.instance + 8, files[3], 8);
        assert_true(catalogue_add(catalogue, &file));
    }
}

/* Appends a finding as "moved a b; ". */
static void append(void *context, const struct difference *difference)
{
    static const char *const words[DIFFERENCES] = {"added", "removed", "changed", "moved", "moved-changed", "unknown"};
    char *text = context;
    const size_t size = strlen(text);

    snprintf(text + size, TEXT_SIZE - size, "%s %s%s%s; ", words[difference->kind],
             difference->old == NULL ? "" : difference->old->name,
             difference->old == NULL || difference->new == NULL ? "" : " ",
             difference->new == NULL ? "" : difference->new->name);
}

static void assert_findings(const char *old_files, const char *new_files, const char *findings)
{
    struct catalogue old = {.files = NULL};
    struct catalogue new = {.files = NULL};
    struct difference_counts counts;
    char text[TEXT_SIZE] = "";
    const struct difference_task task = {
        .old = &old, .new = &new, .threshold = THRESHOLD_DEFAULT, .report = append, .context = text};

    add_all(&old, old_files);
    add_all(&new, new_files);
    assert_true(difference_find(&task, &counts));
    assert_string_equal(text, findings);
    catalogue_free(&old);
    catalogue_free(&new);
}

static void test_names_of_one_cycle_have_moved(void **state)
{
    (void)state;
    assert_findings("a=11 b=21", "a=21 b=11", "moved b a; moved a b; ");
    assert_findings("a=11 b=21 c=31", "a=21 b=31 c=11", "moved b a; moved c b; moved a c; ");
    assert_findings("a=11 b=12", "a=12 b=11", "moved b a; moved a b; ");
}

static void test_a_chain_ends_with_one_added_or_removed(void **state)
{
    (void)state;
    assert_findings("a=11 b=21", "a=31 b=11 c=21", "added a; moved a b; moved b c; ");
    assert_findings("a=11 b=21 c=31", "a=21 b=31", "moved b a; moved c b; removed a; ");
    assert_findings("a=11 b=21", "a=21 c=12", "moved b a; moved-changed a c; ");
}

static void test_a_near_change_ends_a_chain(void **state)
{
    (void)state;
    assert_findings("a=11", "a=12 b=11", "changed a a; added b; ");
    assert_findings("a=12 b=11", "a=11", "changed a a; removed b; ");
    assert_findings("a=11 b=12", "a=13 b=11 c=12", "changed a a; changed b b; added c; ");
    assert_findings("a=11 b=21", "a=12 b=11 c=21", "changed a a; added b; moved b c; ");
    assert_findings("a=31 b=21 c=11", "a=21 b=11 c=12", "moved b a; added b; changed c c; removed a; ");
    /* Starting from the middle of the chain must make no difference. */
    assert_findings("b=12 a=11 c=13", "c=12 b=11 a=14 d=13", "changed c c; changed b b; changed a a; added d; ");
}

static void test_files_without_a_namesake_come_first(void **state)
{
    (void)state;
    assert_findings("a=11 c=11", "a=21 d=11", "changed a a; moved c d; ");
    assert_findings("a=11 b=11", "a=11 b=21 c=11", "added b; moved b c; ");
}

TEST_FILE(pairing_exchanged)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_of_one_cycle_have_moved),
        cmocka_unit_test(test_a_chain_ends_with_one_added_or_removed),
        cmocka_unit_test(test_a_near_change_ends_a_chain),
        cmocka_unit_test(test_files_without_a_namesake_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
