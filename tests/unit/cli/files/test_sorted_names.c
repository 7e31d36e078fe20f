/* SPDX-License-Identifier: Apache-2.0 */
/* Names come back sorted, whatever order they were added in. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files/nfc.h"
#include "files/sorted_names.h"
#include "support/random.h"
#include "support/unit.h"

struct name {
    char group;
    char key[48];
    char text[48];
    int error;
};

static int compare(const void *left, const void *right)
{
    const struct name *a = left;
    const struct name *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    const int difference = strcmp(a->key, b->key);
    return difference != 0 ? difference : strcmp(a->text, b->text);
}

/* Only a few different bytes, so that many keys are equal or share a prefix. The number makes each text unique. */
static void make(struct name *name, size_t number, uint64_t *random)
{
    const size_t size = 1 + random_below(random, 6);
    memset(name, 0, sizeof *name);
    name->group = (char)('1' + random_below(random, 2));
    name->error = (int)random_below(random, 3);
    for (size_t i = 0; i < size; i++)
        name->key[i] = "ab\xff"[random_below(random, 3)];
    snprintf(name->text, sizeof name->text, "%.6s.%zu", name->key, number);
    if (random_below(random, 2) == 0)
        memcpy(name->key, name->text, strlen(name->text) + 1);
}

static void check_count(size_t count, uint64_t *random)
{
    struct name *names = calloc(count + 1, sizeof *names);
    struct sorted_names sorted = {0};
    int error = 0;
    assert_non_null(names);
    for (size_t i = 0; i < count; i++) {
        make(&names[i], i, random);
        assert_int_equal(sorted_names_add(&sorted, names[i].group, names[i].text, strlen(names[i].text), names[i].key,
                                          strlen(names[i].key), names[i].error),
                         0);
    }
    qsort(names, count, sizeof *names, compare);
    assert_int_equal(sorted_names_sort(&sorted), 0);
    for (size_t i = 0; i < count; i++) {
        const char *next = sorted_names_next(&sorted, &error);
        assert_non_null(next);
        assert_string_equal(next, names[i].text);
        assert_int_equal(error, names[i].error);
    }
    assert_null(sorted_names_next(&sorted, &error));
    sorted_names_free(&sorted);
    assert_null(sorted_names_next(&sorted, &error));
    free(names);
}

static void any_number_of_names_comes_back_in_order(void **state)
{
    uint64_t random = random_seed();
    (void)state;
    for (size_t count = 0; count < 130; count++)
        check_count(count, &random);
    check_count(20000, &random);
}

static void a_large_errno_is_still_an_error(void **state)
{
    struct sorted_names names = {0};
    int error = 0;
    (void)state;
    assert_int_equal(sorted_names_add(&names, '1', "a", 1, "a", 1, 1133), 0);
    assert_string_equal(sorted_names_next(&names, &error), "a");
    assert_int_equal(error, EIO);
    sorted_names_free(&names);
}

/* NFC cases: composed, reordered, a singleton, Hangul, excluded from composition, longer than the name; then names
 * without a normal form. */
static void keys(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"ascii", "ascii"},
        {"e\xcc\x81", "\xc3\xa9"},
        {"\xc3\xa9", "\xc3\xa9"},
        {"a\xcc\x81\xcc\xa3", "\xe1\xba\xa1\xcc\x81"},
        {"\xe2\x84\xab", "\xc3\x85"},
        {"\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", "\xea\xb0\x81"},
        {"\xe0\xa5\x98", "\xe0\xa4\x95\xe0\xa4\xbc"},
        {"\xef\xac\xac\xef\xac\xac", "\xd7\xa9\xd6\xbc\xd7\x81\xd7\xa9\xd6\xbc\xd7\x81"},
        {"e\xcc\x81\xff", "e\xcc\x81\xff"},
        {"\xed\xa0\x80", "\xed\xa0\x80"},
        {"\xc3", "\xc3"},
    };
    struct nfc nfc = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *key = NULL;
        size_t size = 0;
        assert_int_equal(nfc_key(&nfc, cases[i][0], strlen(cases[i][0]), &key, &size), 0);
        assert_int_equal(size, strlen(cases[i][1]));
        assert_memory_equal(key, cases[i][1], size);
    }
    nfc_free(&nfc);
}

TEST_FILE(sorted_names)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_names_comes_back_in_order),
        cmocka_unit_test(a_large_errno_is_still_an_error),
        cmocka_unit_test(keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
