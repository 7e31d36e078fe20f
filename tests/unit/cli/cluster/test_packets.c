/* SPDX-License-Identifier: Apache-2.0 */
/* Batches, settings and results come out of a packet as they went in, and nothing else comes out. */
#include <stdlib.h>
#include <string.h>

#include "cluster/batch.h"
#include "support/unit.h"

static struct packet packet;

static int reset(void **state)
{
    (void)state;
    memset(&packet, 0xa5, sizeof packet);
    return 0;
}

static const struct batch_root root = {.path = "data/",
                                       .path_size = 5,
                                       .inode = UINT64_C(0x1234567890abcdef),
                                       .modified = {.tv_sec = -5, .tv_nsec = 999999999},
                                       .started = {.tv_sec = 1700000000}};

static const struct batch_job listed = {.name = "a/b",
                                        .name_size = 3,
                                        .is_entry = true,
                                        .wants_text = true,
                                        .has_times = true,
                                        .may_be_known = true,
                                        .filesize = UINT64_MAX,
                                        .times = {{.tv_sec = 1, .tv_nsec = 2}, {.tv_sec = 3, .tv_nsec = 4}}};

static struct batch_job job_of(const char *name, bool is_entry)
{
    return (struct batch_job){.name = name, .name_size = strlen(name), .is_entry = is_entry};
}

/* Finishes writing and starts reading. */
static bool read_back(uint32_t *number, size_t *jobs)
{
    return packet_open(&packet) == PACKET_BATCH && batch_open(&packet, number, jobs);
}

static void test_batch_round_trip(void **state)
{
    const struct batch_job plain = job_of("c", false);
    struct batch_root got_root;
    struct batch_job got;
    uint32_t number;
    size_t jobs;

    (void)state;
    batch_begin(&packet, 4000000000u);
    assert_true(batch_add_root(&packet, &root) && batch_add_job(&packet, &listed) && batch_add_job(&packet, &plain));
    packet_set_rank(&packet, 77);
    assert_true(read_back(&number, &jobs));
    assert_int_equal(number, 4000000000u);
    assert_int_equal(jobs, 2);
    assert_int_equal(packet_rank(&packet), 77);
    assert_int_equal(batch_next(&packet, &got_root, &got), BATCH_ROOT);
    assert_memory_equal(got_root.path, "data/", 5);
    assert_true(got_root.path_size == 5 && got_root.inode == root.inode);
    assert_true(got_root.modified.tv_sec == -5 && got_root.modified.tv_nsec == 999999999);
    assert_int_equal(got_root.started.tv_sec, 1700000000);
    assert_int_equal(batch_next(&packet, &got_root, &got), BATCH_JOB);
    assert_true(got.name_size == 3 && memcmp(got.name, "a/b", 3) == 0);
    assert_true(got.is_entry && got.wants_text && got.has_times && got.may_be_known && got.filesize == UINT64_MAX);
    assert_true(file_times_equal(&got.times, &listed.times));
    assert_int_equal(batch_next(&packet, &got_root, &got), BATCH_JOB);
    assert_true(got.name_size == 1 && !got.is_entry && !got.wants_text && !got.has_times && !got.may_be_known);
    assert_int_equal(batch_next(&packet, &got_root, &got), BATCH_END);
}

/* Names that lead elsewhere, or could. */
static void test_hostile_names(void **state)
{
    static const struct {
        const char *name;
        bool is_entry;
        bool is_good;
    } cases[] = {{"a", true, true},   {"a/b/c", true, true},   {"...", true, true},   {"a/..b", true, true},
                 {"", true, false},   {"/a", true, false},     {"a//b", true, false}, {"a/", true, false},
                 {"..", true, false}, {"a/../b", true, false}, {".", true, false},    {"a/./b", true, false},
                 {"a", false, true},  {"a/b", false, false},   {"..", false, false},  {"", false, false}};
    uint32_t number;
    size_t jobs;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct batch_job job = job_of(cases[i].name, cases[i].is_entry);
        batch_begin(&packet, 1);
        assert_true(batch_add_root(&packet, &root) && batch_add_job(&packet, &job));
        if (read_back(&number, &jobs) != cases[i].is_good)
            fail_msg("'%s'", cases[i].name);
    }
}

static void test_hostile_batches(void **state)
{
    const struct batch_root bare = {.path = "data", .path_size = 4};
    const struct batch_job nul = {.name = "a\0b", .name_size = 3, .is_entry = true};
    const struct batch_job known = {.name = "a", .name_size = 1, .may_be_known = true};
    const struct batch_job good = job_of("a", true);
    uint32_t number;
    size_t jobs;

    (void)state;
    batch_begin(&packet, 1);
    assert_false(read_back(&number, &jobs)); /* no job */
    batch_begin(&packet, 1);
    batch_add_job(&packet, &good);
    assert_false(read_back(&number, &jobs)); /* no root */
    batch_begin(&packet, 1);
    batch_add_root(&packet, &bare);
    batch_add_job(&packet, &good);
    assert_false(read_back(&number, &jobs)); /* `data` and `a` would become `dataa` */
    batch_begin(&packet, 1);
    batch_add_root(&packet, &root);
    batch_add_job(&packet, &nul);
    assert_false(read_back(&number, &jobs));
    batch_begin(&packet, 1);
    batch_add_root(&packet, &root);
    batch_add_job(&packet, &known);
    assert_false(read_back(&number, &jobs)); /* known by what? */
    batch_begin(&packet, 1);
    batch_add_root(&packet, &root);
    for (size_t i = 0; i <= BATCH_JOBS_MAX; i++)
        batch_add_job(&packet, &good);
    assert_false(read_back(&number, &jobs)); /* too many */
}

/* Every beginning of a batch is refused. With any byte inverted it is refused, or still has a root and a job. */
static void test_damaged_batch(void **state)
{
    static struct packet whole;
    struct batch_root got_root;
    struct batch_job got;
    uint32_t number;
    size_t jobs;

    (void)state;
    batch_begin(&whole, 1);
    batch_add_root(&whole, &root);
    batch_add_job(&whole, &listed);
    for (size_t size = 0; size < whole.size; size++) {
        packet = whole;
        packet.size = size;
        assert_false(packet_open(&packet) == PACKET_BATCH && batch_open(&packet, &number, &jobs));
    }
    for (size_t i = PACKET_HEADER_SIZE; i < whole.size; i++) {
        packet = whole;
        packet.bytes[i] ^= 0xff;
        if (read_back(&number, &jobs)) {
            assert_int_equal(jobs, 1);
            assert_int_equal(batch_next(&packet, &got_root, &got), BATCH_ROOT);
            assert_int_equal(batch_next(&packet, &got_root, &got), BATCH_JOB);
        }
    }
}

/* A batch that is full stays as it was. */
static void test_full_batch(void **state)
{
    char name[4000];
    const struct batch_job job = {.name = name, .name_size = sizeof name, .is_entry = true};
    uint32_t number;
    size_t count = 0;
    size_t jobs;

    (void)state;
    memset(name, 'n', sizeof name);
    batch_begin(&packet, 1);
    assert_true(batch_add_root(&packet, &root));
    while (batch_add_job(&packet, &job))
        count++;
    assert_in_range(count, 10, BATCH_JOBS_MAX - 1);
    assert_true(read_back(&number, &jobs));
    assert_int_equal(jobs, count);
}

static void test_settings(void **state)
{
    struct batch_settings got;

    (void)state;
    for (unsigned bits = 0; bits < 16; bits++) {
        const struct batch_settings sent = {.flags = bits & 1 ? ISCC_NARROW : ISCC_WIDE,
                                            .text = (bits & 2) != 0,
                                            .records_times = (bits & 4) != 0,
                                            .trusts_times = (bits & 8) != 0,
                                            .threads = bits};
        batch_put_settings(&packet, &sent);
        assert_int_equal(packet_open(&packet), PACKET_RUN);
        assert_true(batch_get_settings(&packet, &got));
        assert_true(got.flags == sent.flags && got.text == sent.text && got.records_times == sent.records_times &&
                    got.trusts_times == sent.trusts_times && got.threads == bits);
    }
    packet.bytes[PACKET_HEADER_SIZE]++; /* the version */
    packet_open(&packet);
    assert_false(batch_get_settings(&packet, &got));
}

static void test_result_round_trip(void **state)
{
    struct batch_result sent = {.outcome = OUTCOME_HASHED,
                                .inode = 1,
                                .size = 2,
                                .times = {{.tv_sec = 3}, {.tv_sec = 4}},
                                .has_text = true,
                                .times_are_trusted = true,
                                .opened = {.tv_sec = 5},
                                .filesize = 2};
    const struct batch_result back = {.outcome = OUTCOME_GIVEN_BACK};
    struct batch_result got;
    uint32_t number;

    (void)state;
    memset(sent.data, 6, sizeof sent.data);
    memset(sent.instance, 7, sizeof sent.instance);
    memset(sent.text, 8, sizeof sent.text);
    batch_begin_result(&packet, 9);
    batch_add_result(&packet, &sent);
    batch_add_result(&packet, &back);
    assert_int_equal(packet_open(&packet), PACKET_RESULT);
    assert_true(batch_open_result(&packet, &number));
    assert_int_equal(number, 9);
    assert_true(batch_next_result(&packet, &got));
    assert_true(got.outcome == OUTCOME_HASHED && got.inode == 1 && got.size == 2 && got.filesize == 2);
    assert_true(file_times_equal(&got.times, &sent.times) && got.opened.tv_sec == 5);
    assert_true(got.has_text && got.times_are_trusted && !got.times_may_stand_still && !got.has_links);
    assert_memory_equal(got.data, sent.data, sizeof sent.data);
    assert_memory_equal(got.instance, sent.instance, sizeof sent.instance);
    assert_memory_equal(got.text, sent.text, sizeof sent.text);
    assert_true(batch_next_result(&packet, &got) && got.outcome == OUTCOME_GIVEN_BACK);
    assert_true(packet_is_read(&packet));
    assert_false(batch_next_result(&packet, &got));
}

TEST_FILE(packets)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_batch_round_trip, reset), cmocka_unit_test_setup(test_hostile_names, reset),
        cmocka_unit_test_setup(test_hostile_batches, reset),  cmocka_unit_test_setup(test_damaged_batch, reset),
        cmocka_unit_test_setup(test_full_batch, reset),       cmocka_unit_test_setup(test_settings, reset),
        cmocka_unit_test_setup(test_result_round_trip, reset)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
