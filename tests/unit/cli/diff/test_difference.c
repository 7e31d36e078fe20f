/* SPDX-License-Identifier: Apache-2.0 */
/* Differences between lists: random edits of a random tree with known findings, and the rules of docs/diff.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff/difference.h"
#include "support/capture.h"
#include "support/random.h"
#include "support/unit.h"
#include "util/message.h"

enum { FINDINGS_MAX = 4096, LINE_SIZE = 128 };

/* Findings as lines: "moved a -> b". */
struct findings {
    char lines[FINDINGS_MAX][LINE_SIZE];
    size_t count;
};

static const char *const words[DIFFERENCES] = {"added", "removed", "changed", "moved", "moved-changed", "unknown"};

static void write_finding(struct findings *findings, enum difference_kind kind, const char *old, const char *new)
{
    assert_true(findings->count < FINDINGS_MAX);
    snprintf(findings->lines[findings->count++], LINE_SIZE, "%s %s -> %s", words[kind], old == NULL ? "" : old,
             new == NULL ? "" : new);
}

static void keep(void *context, const struct difference *difference)
{
    write_finding(context, difference->kind, difference->old == NULL ? NULL : difference->old->name,
                  difference->new == NULL ? NULL : difference->new->name);
}

static void ignore(void *context, const struct difference *difference)
{
    (void)context;
    (void)difference;
}

static void find(const struct catalogue *old, const struct catalogue *new, struct findings *findings,
                 struct difference_counts *counts)
{
    const struct difference_task task = {.old = old,
                                         .new = new,
                                         .old_label = "old",
                                         .new_label = "new",
                                         .threshold = THRESHOLD_DEFAULT,
                                         .report = keep,
                                         .context = findings};

    findings->count = 0;
    assert_true(difference_find(&task, counts));
}

/* ---- Files of a test ---- */

/* What a file holds is known by a number. Contents of one family are near one another, and families far apart. */
static struct file_record make_file(const char *name, uint64_t family, uint64_t content, unsigned bits)
{
    struct file_record file = {
        .name = name, .name_size = strlen(name), .flags = (uint8_t)(bits == 64 ? ISCC_NARROW : ISCC_WIDE)};
    uint64_t state = family * 7919 + 1;

    file.data_bits = file.instance_bits = (uint16_t)bits;
    random_fill(&state, file.data, bits / 8);
    /* Up to 3 bits of its own, which every width has: members of a family differ in 6 at most. */
    for (unsigned i = 0; i < 3; i++)
        file.data[i] = (uint8_t)(file.data[i] ^ (content >> i & 1));
    state = content * 104729 + family;
    random_fill(&state, file.instance, bits / 8);
    return file;
}

static void add(struct catalogue *catalogue, const char *name, uint64_t family, uint64_t content, unsigned bits)
{
    const struct file_record file = make_file(name, family, content, bits);
    assert_true(catalogue_add(catalogue, &file));
}

/* ---- Random edits ---- */

enum { FILES = 400 };

static int compare_lines(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void assert_same_findings(struct findings *found, struct findings *expected)
{
    qsort(found->lines, found->count, LINE_SIZE, compare_lines);
    qsort(expected->lines, expected->count, LINE_SIZE, compare_lines);
    for (size_t i = 0; i < found->count && i < expected->count; i++)
        assert_string_equal(found->lines[i], expected->lines[i]);
    assert_int_equal(found->count, expected->count);
}

struct model {
    struct catalogue old;
    struct catalogue new;
    struct findings expected;
    uint64_t same;
    uint64_t random;
    unsigned old_bits;
    unsigned new_bits;
};

/* Each file has a family of its own, so that only one finding is possible for it. */
static void edit(struct model *model, unsigned number)
{
    char name[32];
    char other[32];
    const uint64_t family = number;
    const uint64_t content = random_below(&model->random, 1000);

    snprintf(name, sizeof name, "%u/file-%u", (unsigned)random_below(&model->random, 9), number);
    snprintf(other, sizeof other, "%s%u", random_below(&model->random, 2) == 0 ? "moved/file-" : "moved/other-",
             number);
    const size_t filter = random_below(&model->random, 7);
    if (filter != DIFFERENCE_ADDED)
        add(&model->old, name, family, content, model->old_bits);
    switch (filter) {
    case DIFFERENCE_ADDED:
        add(&model->new, name, family, content, model->new_bits);
        write_finding(&model->expected, DIFFERENCE_ADDED, NULL, name);
        break;
    case DIFFERENCE_REMOVED:
        write_finding(&model->expected, DIFFERENCE_REMOVED, name, NULL);
        break;
    case DIFFERENCE_CHANGED:
        add(&model->new, name, random_below(&model->random, 2) == 0 ? family : family + FILES, content + 1,
            model->new_bits);
        write_finding(&model->expected, DIFFERENCE_CHANGED, name, name);
        break;
    case DIFFERENCE_MOVED:
        add(&model->new, other, family, content, model->new_bits);
        write_finding(&model->expected, DIFFERENCE_MOVED, name, other);
        break;
    case DIFFERENCE_MOVED_CHANGED:
        add(&model->new, other, family, content + 1, model->new_bits);
        write_finding(&model->expected, DIFFERENCE_MOVED_CHANGED, name, other);
        break;
    default:
        add(&model->new, name, family, content, model->new_bits);
        model->same++;
    }
}

static void shuffle(struct catalogue *catalogue, uint64_t *random)
{
    for (size_t i = catalogue->count; i > 1; i--) {
        const size_t other = random_below(random, i);
        const struct file_record kept = catalogue->files[i - 1];
        catalogue->files[i - 1] = catalogue->files[other];
        catalogue->files[other] = kept;
    }
}

static void test_random_edits_are_found(void **state)
{
    (void)state;
    static const unsigned widths[] = {64, 128, 256};
    static struct model model;
    static struct findings found;
    struct difference_counts counts;
    uint64_t random = random_seed();

    for (size_t round = 0; round < 18; round++) {
        model = (struct model){
            .random = random_next(&random), .old_bits = widths[round % 3], .new_bits = widths[round / 3 % 3]};
        for (unsigned i = 0; i < FILES; i++)
            edit(&model, i);
        shuffle(&model.old, &model.random);
        shuffle(&model.new, &model.random);
        find(&model.old, &model.new, &found, &counts);
        assert_same_findings(&found, &model.expected);
        assert_int_equal(counts.same, model.same);
        catalogue_free(&model.old);
        catalogue_free(&model.new);
    }
}

/* ---- Rules ---- */

/* Asserts findings in their order. */
static void assert_findings(const struct findings *findings, const char *const *lines, size_t count)
{
    for (size_t i = 0; i < findings->count && i < count; i++)
        assert_string_equal(findings->lines[i], lines[i]);
    assert_int_equal(findings->count, count);
}

#define ASSERT_FINDINGS(...)                                                                                           \
    do {                                                                                                               \
        static struct findings findings_;                                                                              \
        const char *const lines_[] = {__VA_ARGS__};                                                                    \
        find(&old, &new, &findings_, &counts);                                                                         \
        assert_findings(&findings_, lines_, sizeof lines_ / sizeof *lines_);                                           \
        catalogue_free(&old);                                                                                          \
        catalogue_free(&new);                                                                                          \
    } while (0)

static void test_D9_several_of_the_same_content(void **state)
{
    (void)state;
    struct catalogue old = {.files = NULL};
    struct catalogue new = {.files = NULL};
    struct difference_counts counts;

    /* The same base name first, then in order; one is left over. */
    add(&old, "a/1", 1, 1, 128);
    add(&old, "a/2", 1, 1, 128);
    add(&old, "a/3", 1, 1, 128);
    add(&new, "b/x", 1, 1, 128);
    add(&new, "b/2", 1, 1, 128);
    ASSERT_FINDINGS("moved a/1 -> b/x", "moved a/2 -> b/2", "removed a/3 -> ");

    /* A short code may match any of several longer ones, which differ in their further bits. */
    add(&old, "1", 1, 1, 256);
    add(&old, "2", 1, 1, 64);
    struct file_record other = make_file("3", 1, 1, 256);
    other.instance[20] ^= 1;
    assert_true(catalogue_add(&new, &other));
    add(&new, "4", 1, 1, 256);
    ASSERT_FINDINGS("moved 2 -> 3", "moved 1 -> 4");
    add(&old, "1", 1, 1, 256);
    add(&old, "2", 1, 1, 64);
    assert_true(catalogue_add(&new, &other));
    ASSERT_FINDINGS("moved 2 -> 3", "removed 1 -> ");
}

static void test_D9_trees_move_to_trees(void **state)
{
    (void)state;
    struct catalogue old = {.files = NULL};
    struct catalogue new = {.files = NULL};
    struct difference_counts counts;

    add(&old, "a", 1, 1, 128);
    add(&old, "b/", 1, 1, 128);
    add(&new, "c/", 1, 1, 128);
    add(&new, "d/", 1, 1, 128);
    ASSERT_FINDINGS("moved b/ -> c/", "added  -> d/", "removed a -> ");
    add(&old, "a", 1, 1, 128);
    add(&new, "d/", 1, 2, 128);
    ASSERT_FINDINGS("added  -> d/", "removed a -> ");
}

static void test_D9_empty_files_do_not_move(void **state)
{
    (void)state;
    struct catalogue old = {.files = NULL};
    struct catalogue new = {.files = NULL};
    struct difference_counts counts;
    struct iscc_sum_code code;

    assert_int_equal(iscc_gen_sum_code_v0("", 0, ISCC_WIDE, &code), ISCC_OK);
    struct file_record file = file_record_of_code(&code, ISCC_WIDE, "a", 1);
    assert_true(catalogue_add(&old, &file));
    file.name = "b";
    file.instance_bits = 64;
    assert_true(catalogue_add(&new, &file));
    ASSERT_FINDINGS("added  -> b", "removed a -> ");
}

static void test_D10_nearest_first(void **state)
{
    (void)state;
    struct catalogue old = {.files = NULL};
    struct catalogue new = {.files = NULL};
    struct difference_counts counts;
    struct file_record file = make_file("a/1", 1, 1, 128);

    /* Distances from 1 to x: 2, from 1 to 2: 3, from 2 to x: 5. */
    assert_true(catalogue_add(&old, &file));
    file.name = "a/2";
    file.instance[0] ^= 1;
    file.data[9] ^= 7;
    assert_true(catalogue_add(&old, &file));
    file = make_file("b/2", 1, 1, 128);
    file.instance[0] ^= 2;
    file.data[10] ^= 3;
    assert_true(catalogue_add(&new, &file));
    file.name = "b/9";
    file.instance[0] ^= 4;
    assert_true(catalogue_add(&new, &file));
    /* Both are equally near to a/1: the first gets it, and the other gets what is left. */
    ASSERT_FINDINGS("moved-changed a/1 -> b/2", "moved-changed a/2 -> b/9");

    file = make_file("a/1", 1, 1, 128);
    assert_true(catalogue_add(&old, &file));
    file.instance[0] ^= 1;
    file.name = "b/2";
    assert_true(catalogue_add(&new, &file));
    file.name = "b/1";
    file.instance[0] ^= 2;
    assert_true(catalogue_add(&new, &file));
    /* Among equal distances, the same base name wins. */
    ASSERT_FINDINGS("added  -> b/2", "moved-changed a/1 -> b/1");
}

/* If more pairs are near than may be examined, only nearer ones are sought, down to equal digests, then none. */
static void test_D10_many_near_one_another(void **state)
{
    (void)state;
    enum { MANY = 2100 };
    struct difference_counts counts;

    for (unsigned spread = 0; spread < 2; spread++) {
        struct catalogue old = {.files = NULL};
        struct catalogue new = {.files = NULL};
        for (unsigned i = 0; i < 2 * MANY; i++) {
            char name[32];
            snprintf(name, sizeof name, "%u", i);
            struct file_record file = make_file(name, 1, i * 8, 128);
            /* Distances from 2 to 9 between all, but 1 between those that belong together. */
            for (unsigned j = 0; spread == 1 && j < 4; j++)
                file.data[8 + j] ^= (uint8_t)(1u << ((i % MANY) >> (3 * j) & 7));
            file.data[15] ^= spread == 1 && i >= MANY;
            assert_true(catalogue_add(i < MANY ? &old : &new, &file));
        }
        const struct difference_task task = {
            .old = &old, .new = &new, .threshold = THRESHOLD_DEFAULT, .report = ignore};
        assert_true(difference_find(&task, &counts));
        assert_int_equal(counts.kinds[DIFFERENCE_MOVED_CHANGED], spread == 1 ? MANY : 0);
        assert_int_equal(counts.kinds[DIFFERENCE_ADDED], spread == 1 ? 0 : MANY);
        catalogue_free(&old);
        catalogue_free(&new);
    }
}

static void test_D5_repeated_names(void **state)
{
    (void)state;
    static struct findings findings;
    struct difference_counts counts;

    for (unsigned i = 0; i < 2; i++) {
        struct catalogue old = {.files = NULL};
        struct catalogue new = {.files = NULL};
        add(&old, "a", 1, 1, 128);
        add(&old, "a", 1, 1 + i, 64);
        add(&new, "a", 1, 1, 128);
        capture_errors();
        find(&old, &new, &findings, &counts);
        assert_captured_errors(i == 0 ? "" : "iscc: old: line 0 and line 0 have different codes for the same name\n");
        assert_int_equal(status_get(), i == 0 ? STATUS_OK : STATUS_TROUBLE);
        assert_int_equal(findings.count, 0);
        assert_int_equal(counts.same, 1);
        catalogue_free(&old);
        catalogue_free(&new);
    }
}

static void test_D7_what_distinguishes_files(void **state)
{
    (void)state;
    struct difference_counts counts;

    for (size_t i = 0; i < 4; i++) {
        struct catalogue old = {.files = NULL};
        struct catalogue new = {.files = NULL};
        struct file_record file = make_file("a", 1, 1, i == 3 ? 64 : 128);
        file.has_filesize = true;
        assert_true(catalogue_add(&old, &file));
        file = make_file("a", 1, 1, 128);
        file.has_filesize = true;
        file.instance[15] ^= i == 0;
        file.data[15] ^= i == 1;
        file.filesize = i == 2;
        file.instance[8] ^= i == 3; /* which a narrow code does not have */
        assert_true(catalogue_add(&new, &file));
        static struct findings findings;
        find(&old, &new, &findings, &counts);
        assert_int_equal(findings.count, i < 3);
        assert_int_equal(counts.same, i == 3);
        if (i < 3)
            assert_string_equal(findings.lines[0], "changed a -> a");
        catalogue_free(&old);
        catalogue_free(&new);
    }
}

TEST_FILE(difference)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_edits_are_found),      cmocka_unit_test(test_D5_repeated_names),
        cmocka_unit_test(test_D7_what_distinguishes_files), cmocka_unit_test(test_D9_several_of_the_same_content),
        cmocka_unit_test(test_D9_trees_move_to_trees),      cmocka_unit_test(test_D9_empty_files_do_not_move),
        cmocka_unit_test(test_D10_nearest_first),           cmocka_unit_test(test_D10_many_near_one_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
