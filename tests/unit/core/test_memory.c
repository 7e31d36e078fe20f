/* SPDX-License-Identifier: Apache-2.0 */
/* The library when allocations fail: the linker redirects its malloc, calloc, realloc and free here. */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/index/digests.h"
#include "index/plan.h"
#include "similar/groups.h"
#include "support/random.h"
#include "support/unit.h"

static bool is_counting;   /* within the library */
static size_t allocations; /* tried */
static size_t failing;     /* the one that fails, from 1 */
static long held;          /* blocks not freed yet */
static size_t largest;     /* block requested, in bytes */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *block);

static bool fails(size_t size)
{
    if (is_counting && size > largest)
        largest = size;
    return is_counting && ++allocations == failing;
}

static void *count_block(void *block)
{
    held += is_counting && block != NULL;
    return block;
}

void *__wrap_malloc(size_t size)
{
    return fails(size) ? NULL : count_block(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails(count * size) ? NULL : count_block(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    if (fails(size))
        return NULL;
    held -= is_counting && old != NULL;
    return count_block(__real_realloc(old, size));
}

void __wrap_free(void *block)
{
    held -= is_counting && block != NULL;
    __real_free(block);
}

/* Calls functions that allocate, and frees the results. Returns the status of the first call that failed. */
typedef iscc_status attempt(void);

static iscc_status make_data_hasher(void)
{
    iscc_data_hasher *hasher = NULL;
    const iscc_status status = iscc_data_hasher_new(&hasher);
    if (status != ISCC_OK)
        assert_null(hasher);
    iscc_data_hasher_free(hasher);
    return status;
}

static iscc_status make_instance_hasher(void)
{
    iscc_instance_hasher *hasher = NULL;
    const iscc_status status = iscc_instance_hasher_new(&hasher);
    if (status != ISCC_OK)
        assert_null(hasher);
    iscc_instance_hasher_free(hasher);
    return status;
}

static iscc_status make_sum_hasher(void)
{
    iscc_sum_hasher *hasher = NULL;
    const iscc_status status = iscc_sum_hasher_new(&hasher);
    if (status != ISCC_OK)
        assert_null(hasher);
    iscc_sum_hasher_free(hasher);
    return status;
}

static iscc_status make_text_hasher(void)
{
    iscc_text_hasher *hasher = NULL;
    const iscc_status status = iscc_text_hasher_new(&hasher);
    if (status != ISCC_OK)
        assert_null(hasher);
    iscc_text_hasher_free(hasher);
    return status;
}

static iscc_sum_hasher *original; /* has gathered bytes, so that a copy takes a second block */
static iscc_text_hasher *original_text;

static iscc_status copy_hashers(void)
{
    iscc_sum_hasher *sum = NULL;
    iscc_data_hasher *data = NULL;
    iscc_instance_hasher *instance = NULL;
    iscc_text_hasher *text = NULL;

    iscc_status status = iscc_sum_hasher_copy(original, &sum);
    if (status == ISCC_OK)
        status = iscc_data_hasher_copy(iscc_sum_hasher_data(original), &data);
    if (status == ISCC_OK)
        status = iscc_instance_hasher_copy(iscc_sum_hasher_instance(original), &instance);
    if (status == ISCC_OK)
        status = iscc_text_hasher_copy(original_text, &text);
    iscc_text_hasher_free(text);
    iscc_instance_hasher_free(instance);
    iscc_data_hasher_free(data);
    iscc_sum_hasher_free(sum);
    return status;
}

static iscc_status make_data_block(void)
{
    iscc_data_block *block = NULL;
    const iscc_status status = iscc_data_block_new(&block, 1);
    if (status != ISCC_OK)
        assert_null(block);
    iscc_data_block_free(block);
    return status;
}

static iscc_status compute_at_once(void)
{
    char code[ISCC_CODE_SIZE] = "";
    struct iscc_sum_code sum_code;
    iscc_status status = iscc_gen_data_code_v0("abc", 3, 64, code);
    if (status == ISCC_OK)
        status = iscc_gen_instance_code_v0("abc", 3, 64, code, NULL, NULL);
    if (status == ISCC_OK)
        status = iscc_gen_sum_code_v0("abc", 3, ISCC_WIDE, &sum_code);
    return status;
}

static iscc_status compute_media(void)
{
    static const int32_t frames[2 * ISCC_VIDEO_FRAME];
    char code[ISCC_CODE_SIZE] = "";
    iscc_status status = iscc_gen_audio_code_v0(frames, 5, 64, code);
    if (status == ISCC_OK)
        status = iscc_gen_video_code_v0(frames, 2, 64, code);
    return status;
}

/* So many combining marks that the memory for them grows twice. */
static iscc_status clean_text(void)
{
    char text[1 + 2 * 100] = "a";
    char out[sizeof text];
    size_t length;
    for (size_t i = 0; i < 100; i++)
        memcpy(text + 1 + 2 * i, "\xcc\x81", 2);
    return iscc_text_clean(text, sizeof text, out, sizeof out, &length);
}

/* Arrays that grow: members, keys, and the output. */
static iscc_status compute_meta(void)
{
    struct iscc_meta_code code;
    char json[3000] = "{\"last\":[1,2]";
    char url[4000];
    size_t length = strlen(json);
    for (unsigned i = 0; i < 99; i++)
        length += (size_t)sprintf(json + length, ",\"key %u\":{}", i);
    json[length++] = '}';
    iscc_status status = iscc_gen_meta_code_v0("name", 4, "text", 4, json, length, 64, &code);
    if (status == ISCC_OK)
        status = iscc_gen_meta_code_v0("name", 4, "text", 4, "data:;base64,YWI=", 17, 64, &code);
    if (status == ISCC_OK)
        status = iscc_json_to_data_url(json, length, url, sizeof url, &length);
    return status;
}

enum { DIGESTS = 5000, WIDTH = 16 };
static uint8_t digests[DIGESTS][WIDTH];

/* An index grows twice, is built, and is rebuilt for another radius. After a failure it still answers queries. */
static iscc_status use_index(void)
{
    iscc_index *index = NULL;
    struct iscc_hit hit;
    size_t found = 0;

    iscc_status status = iscc_index_new(&index, 8 * WIDTH);
    if (status == ISCC_OK)
        status = iscc_index_add(index, digests, DIGESTS / 2);
    if (status == ISCC_OK) {
        status = iscc_index_add(index, digests[DIGESTS / 2], DIGESTS / 2);
        if (status != ISCC_OK)
            assert_int_equal(iscc_index_count(index), DIGESTS / 2);
    }
    if (status == ISCC_OK)
        status = iscc_index_build(index, 12);
    if (status == ISCC_OK)
        status = iscc_index_build(index, 3);
    if (index != NULL && iscc_index_count(index) > 0 &&
        iscc_index_query(index, digests[7], 0, &hit, 1, &found) == ISCC_OK) {
        assert_int_equal(found, 1);
        assert_int_equal(hit.number, 7);
    }
    iscc_index_free(index);
    return status;
}

/* A failure frees the tables. The largest temporary block has 6 bytes for each digest. */
static iscc_status build_parts(void)
{
    iscc_index *index = NULL;

    iscc_status status = iscc_index_new(&index, 8 * WIDTH);
    if (status == ISCC_OK) {
        const long before = held;
        assert_int_equal(iscc_index_use(index, digests, DIGESTS), ISCC_OK);
        largest = 0;
        status = iscc_plan_build(index, 2);
        assert_in_range(largest, 0, 6 * DIGESTS + 100);
        if (status != ISCC_OK)
            assert_int_equal(held, before);
    }
    iscc_index_free(index);
    return status;
}

enum { GROUPED = 1500 };

/* So many digests are near one another that not all pairs fit in memory, and some are equal. */
static void fill_near(void)
{
    uint64_t random = random_seed();

    digests_fill(&random, DIGESTS_RANDOM, digests[0], WIDTH, GROUPED);
    for (size_t i = 0; i < GROUPED; i++)
        if (i % 10 != 0) {
            memset(digests[i], 0, WIDTH);
            digests_change(&random, digests[i], WIDTH, i % 100 == 1 ? 0 : 1 + random_below(&random, 9));
        }
}

static iscc_status make_groups(void)
{
    static struct group_assignment assignments[GROUPED];
    struct groups_task task = {
        .digests = digests[0], .count = GROUPED, .bits = 8 * WIDTH, .threshold = 12, .threads = 1};
    iscc_status status = groups_make(&task, assignments);
    task.rule = GROUPS_CONNECTED;
    return status == ISCC_OK ? groups_make(&task, assignments) : status;
}

/* At least `least` allocations are expected, so that the test notices when it no longer counts them. */
static void fail_each(attempt *try, size_t least)
{
    const char *name;

    assert_int_equal(iscc_backend(&name), ISCC_OK);
    for (failing = 1;; failing++) {
        allocations = 0;
        held = 0;
        is_counting = true;
        const iscc_status status = try();
        is_counting = false;
        assert_int_equal(held, 0);
        if (allocations < failing) {
            assert_int_equal(status, ISCC_OK);
            assert_true(allocations >= least);
            return;
        }
        assert_int_equal(status, ISCC_ERROR_MEMORY);
    }
}

static void test_hashers(void **state)
{
    (void)state;
    fail_each(make_data_hasher, 1);
    fail_each(make_instance_hasher, 1);
    fail_each(make_sum_hasher, 1);
    fail_each(make_text_hasher, 1);
    fail_each(make_data_block, 3);
}

static void test_copies(void **state)
{
    (void)state;
    assert_int_equal(iscc_sum_hasher_new(&original), ISCC_OK);
    assert_int_equal(iscc_text_hasher_new(&original_text), ISCC_OK);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(iscc_sum_hasher_update(original, "small", 5), ISCC_OK);
    fail_each(copy_hashers, 6);
    iscc_sum_hasher_free(original);
    iscc_text_hasher_free(original_text);
}

/* Then the buffer for small updates is missing, which makes them slower and nothing else. */
static void test_small_updates(void **state)
{
    static const char text[] = "small";
    char whole[2 * sizeof text];
    char code[ISCC_CODE_SIZE];
    char expected[ISCC_CODE_SIZE];
    iscc_data_hasher *hasher;

    (void)state;
    assert_int_equal(iscc_data_hasher_new(&hasher), ISCC_OK);
    allocations = 0;
    failing = 1;
    is_counting = true;
    for (unsigned i = 0; i < 2; i++)
        iscc_data_hasher_update(hasher, text, sizeof text);
    is_counting = false;
    assert_int_equal(allocations, 1);
    assert_int_equal(iscc_data_hasher_finalize(hasher, 256, code), ISCC_OK);
    iscc_data_hasher_free(hasher);
    memcpy(whole, text, sizeof text);
    memcpy(whole + sizeof text, text, sizeof text);
    assert_int_equal(iscc_gen_data_code_v0(whole, 2 * sizeof text, 256, expected), ISCC_OK);
    assert_string_equal(code, expected);
}

static void test_one_shot(void **state)
{
    (void)state;
    fail_each(compute_at_once, 3);
    fail_each(compute_media, 2);
    fail_each(clean_text, 2);
    fail_each(compute_meta, 20);
}

static void test_index(void **state)
{
    (void)state;
    uint64_t random = random_seed();

    random_fill(&random, digests, sizeof digests);
    fail_each(use_index, 20);
    fail_each(build_parts, 8);
}

static void test_groups(void **state)
{
    (void)state;
    fill_near();
    fail_each(make_groups, 20);
}

TEST_FILE(memory)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hashers),  cmocka_unit_test(test_copies), cmocka_unit_test(test_small_updates),
        cmocka_unit_test(test_one_shot), cmocka_unit_test(test_index),  cmocka_unit_test(test_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
