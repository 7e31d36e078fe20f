/* SPDX-License-Identifier: Apache-2.0 */
/* A text that is prepared in blocks and joined has the code of the text that is read in one go. */
#include <iscc/iscc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/unicode/model_text.h"
#include "support/random.h"
#include "support/unit.h"
#include "unicode/collapse.h"

enum { TEXT_MAX = 100000, BITS = 256 };

static char text[TEXT_MAX];
static uint64_t random_state;

struct expectation {
    iscc_status status;
    char code[ISCC_CODE_SIZE];
    uint64_t characters;
};

static struct expectation expect(size_t size)
{
    struct expectation expected = {.code = ""};

    expected.status = iscc_gen_text_code_v0(text, size, BITS, expected.code, &expected.characters, NULL);
    return expected;
}

static void check_hasher(const iscc_text_hasher *hasher, const struct expectation *expected)
{
    char code[ISCC_CODE_SIZE] = "";
    uint64_t characters = 0;

    assert_int_equal(iscc_text_hasher_finalize(hasher, BITS, code, &characters), expected->status);
    assert_string_equal(code, expected->code);
    assert_int_equal(characters, expected->characters);
}

/* ---- Splits ---- */

/* Joins blocks of up to `longest` bytes; if `mixed`, of any size up to that, some of them by an update. */
static void check_splits(size_t size, size_t longest, bool mixed)
{
    const struct expectation expected = expect(size);
    iscc_text_hasher *hasher;
    iscc_text_block *block;
    iscc_status status = ISCC_OK;

    assert_int_equal(iscc_text_hasher_new(&hasher), ISCC_OK);
    assert_int_equal(iscc_text_block_new(&block), ISCC_OK);
    for (size_t done = 0, part; done < size; done += part) {
        part = mixed ? 1 + random_below(&random_state, longest) : longest;
        part = part < size - done ? part : size - done;
        /* In memory of its own, so that a sanitizer sees a read past the end. */
        char *copy = malloc(part);
        assert_non_null(copy);
        memcpy(copy, text + done, part);
        const iscc_status before = status;
        if (mixed && random_below(&random_state, 4) == 0) {
            status = iscc_text_hasher_update(hasher, copy, part);
        } else {
            assert_int_equal(iscc_text_block_prepare(block, copy, part), ISCC_OK);
            status = iscc_text_hasher_join(hasher, block);
        }
        assert_true(before == ISCC_OK || status == before);
        free(copy);
    }
    assert_true(status == ISCC_OK || expected.status == status);
    check_hasher(hasher, &expected);
    iscc_text_block_free(block);
    iscc_text_hasher_free(hasher);
}

static void check_text(size_t size)
{
    static const size_t longest[] = {1, 2, 3, 5, 12, 13, 14, 64, 100, 1000, 8192, 20000, TEXT_MAX};

    for (size_t i = size > 5000 ? 4 : 0; i < sizeof longest / sizeof longest[0]; i++) {
        check_splits(size, longest[i], false);
        check_splits(size, longest[i], true);
    }
}

/* ---- Texts ---- */

/* What matters at a seam: sigmas and what leaves them open, what composes with the character before, what is dropped
 * or becomes several characters, and letters that end all of that. */
static const char *const pieces[] = {
    "Σ",  "Σ",     "ΑΣ",     "^",      "^^^^^^^^^^^^^^^^",
    "'",  ".",     "¨",      "a",      "Ω",
    " ",  "\n",    "ᄀ",     "ᅡ",     "ᆨ",
    "가", "각",    "ᄀ",     "ｶ",      "ﾞ",
    "ﾟ",  "ﾞﾞﾞ",   "が",     "\u0301", "e\u0301",
    "ﷺ",  "™",     "⑴",      "𝔸",      "𐐀",
    "𐐨",  "word",  "WORD",   "中文",   "Ä",
    "ß",  "İ",     "ǆ",      "\u200d", "👩",
    "1",  "-----", "\u0e33", "\u093c", "\u09be",
};

enum { PIECES = sizeof pieces / sizeof pieces[0] };

/* A few of the pieces again and again, so that each has long runs. */
static size_t make_text(size_t limit)
{
    const char *chosen[6];
    const size_t kinds = 1 + random_below(&random_state, 6);
    size_t size = 0;

    for (size_t i = 0; i < kinds; i++)
        chosen[i] = pieces[random_below(&random_state, PIECES)];
    while (size < limit) {
        const char *piece = random_below(&random_state, 50) == 0 ? pieces[random_below(&random_state, PIECES)]
                                                                 : chosen[random_below(&random_state, kinds)];
        const size_t length = strlen(piece);
        if (size + length > TEXT_MAX)
            break;
        memcpy(text + size, piece, length);
        size += length;
    }
    return size;
}

static void short_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < 300; i++)
        check_text(make_text(random_below(&random_state, 200)));
}

static void long_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < 40; i++)
        check_text(make_text(random_below(&random_state, (size_t)1 << (10 + random_below(&random_state, 7)))));
}

/* A sigma that is decided many blocks later, or only by the end of the text. */
static void open_sigma(void **state)
{
    static const char *const ends[] = {"", "a", " ", "Σ", "^"};

    (void)state;
    for (size_t i = 0; i < 10; i++) {
        size_t size = make_text(random_below(&random_state, i < 5 ? 3000 : 30000));
        memcpy(text + size, "abΣ", 4);
        memset(text + size + 4, '^', 30000);
        size += 4 + 30000;
        memcpy(text + size, ends[i % 5], strlen(ends[i % 5]));
        check_text(size + strlen(ends[i % 5]));
    }
}

/* Bytes that are not UTF-8, at any distance from a seam. */
static void invalid_texts(void **state)
{
    static const char *const bad[] = {
        "\xff", "\x80", "\xc3", "\xe2\x82", "\xed\xa0\x80", "\xc0\xaf", "\x80\x80\x80\x80"};

    (void)state;
    for (size_t i = 0; i < 140; i++) {
        size_t size = make_text(random_below(&random_state, 300));
        const size_t length = strlen(bad[i % 7]);
        memcpy(text + size, bad[i % 7], length);
        size += length;
        memset(text + size, 'x', random_below(&random_state, 2) * 200);
        size += i % 2 * 200;
        check_text(size);
    }
}

/* ---- Where a block can begin ---- */

/* Before every character that is called a start, what comes before and from it on collapse as two texts do. */
static void starts(void **state)
{
    static const char *const before[] = {"가", "ｶ", "e", "ΑΣ", "ΑΣ'", "ᄀ", "x\u0301", "ر", "ெ", "ﾞ"};
    size_t found = 0;

    (void)state;
    for (uint32_t character = 1; character < 0x110000; character++) {
        char joined[64];
        char whole[512];
        char parts[512];
        size_t whole_length = 0;
        size_t first = 0;
        size_t second = 0;
        if (character >= 0xd800 && character < 0xe000)
            continue;
        const char *prefix = before[character % 10];
        const size_t length = strlen(prefix);
        memcpy(joined, prefix, length);
        const size_t size = model_put(joined + length, character);
        if (iscc_collapse_find_start((const uint8_t *)joined + length, size) != 0)
            continue;
        found++;
        iscc_text_collapse(joined, length + size, whole, sizeof whole, &whole_length);
        iscc_text_collapse(joined, length, parts, sizeof parts, &first);
        iscc_text_collapse(joined + length, size, parts + first, sizeof parts - first, &second);
        /* The form of a sigma before a letter is that within a word. */
        if (whole_length != first + second || second == 0 ||
            (strncmp(prefix, "ΑΣ", strlen("ΑΣ")) != 0 && memcmp(whole, parts, whole_length) != 0))
            fail_msg("U+%04X does not begin a text", (unsigned)character);
    }
    assert_true(found > 130000);
}

/* ---- Threads ---- */

enum { BLOCKS = 24, THREADS = 3 };

struct schedule {
    iscc_text_block *blocks[BLOCKS];
    size_t begins[BLOCKS + 1];
    size_t order[BLOCKS];
    atomic_size_t next;
    atomic_bool prepared[BLOCKS];
};

static void *prepare_blocks(void *argument)
{
    struct schedule *schedule = argument;

    for (size_t i; (i = atomic_fetch_add(&schedule->next, 1)) < BLOCKS;) {
        const size_t number = schedule->order[i];
        const size_t begin = schedule->begins[number];
        iscc_text_block_prepare(schedule->blocks[number], text + begin, schedule->begins[number + 1] - begin);
        atomic_store(&schedule->prepared[number], true);
    }
    return NULL;
}

/* Cuts the text anywhere and shuffles the blocks. */
static void make_schedule(struct schedule *schedule, size_t size)
{
    memset(schedule, 0, sizeof *schedule);
    for (size_t i = 0; i < BLOCKS; i++) {
        const size_t left = size - schedule->begins[i] - (BLOCKS - i);
        schedule->begins[i + 1] =
            i + 1 == BLOCKS ? size : schedule->begins[i] + 1 + random_below(&random_state, 1 + 2 * left / (BLOCKS - i));
        schedule->order[i] = i;
        assert_int_equal(iscc_text_block_new(&schedule->blocks[i]), ISCC_OK);
    }
    for (size_t i = BLOCKS; i > 1; i--) {
        const size_t j = random_below(&random_state, i);
        const size_t other = schedule->order[i - 1];
        schedule->order[i - 1] = schedule->order[j];
        schedule->order[j] = other;
    }
}

static void any_schedule(void **state)
{
    struct schedule schedule;
    pthread_t threads[THREADS];

    (void)state;
    for (int run = 0; run < 10; run++) {
        iscc_text_hasher *hasher;
        size_t size = make_text(TEXT_MAX - 100);
        memset(text + size, 'x', BLOCKS);
        size += BLOCKS;
        const struct expectation expected = expect(size);
        make_schedule(&schedule, size);
        assert_int_equal(iscc_text_hasher_new(&hasher), ISCC_OK);
        for (size_t i = 0; i < THREADS; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, prepare_blocks, &schedule), 0);
        for (size_t i = 0; i < BLOCKS; i++) {
            while (!atomic_load(&schedule.prepared[i])) {
            }
            assert_int_equal(iscc_text_hasher_join(hasher, schedule.blocks[i]), ISCC_OK);
        }
        for (size_t i = 0; i < THREADS; i++)
            assert_int_equal(pthread_join(threads[i], NULL), 0);
        check_hasher(hasher, &expected);
        for (size_t i = 0; i < BLOCKS; i++)
            iscc_text_block_free(schedule.blocks[i]);
        iscc_text_hasher_free(hasher);
    }
}

static void errors(void **state)
{
    iscc_text_hasher *hasher;
    iscc_text_block *block;

    (void)state;
    assert_int_equal(iscc_text_block_new(NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_text_block_new(&block), ISCC_OK);
    assert_int_equal(iscc_text_hasher_new(&hasher), ISCC_OK);
    assert_int_equal(iscc_text_hasher_join(hasher, block), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_text_block_prepare(NULL, "a", 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_text_block_prepare(block, NULL, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_text_block_prepare(block, "a", 0), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_text_hasher_join(hasher, block), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_text_block_prepare(block, "a\xff", 2), ISCC_OK);
    assert_int_equal(iscc_text_hasher_join(NULL, block), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_text_hasher_join(hasher, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_text_hasher_join(hasher, block), ISCC_ERROR_UTF8);
    assert_int_equal(iscc_text_hasher_join(hasher, block), ISCC_ERROR_UTF8);
    iscc_text_block_free(NULL);
    iscc_text_block_free(block);
    iscc_text_hasher_free(hasher);
}

static int seed(void **state)
{
    (void)state;
    random_state = random_seed();
    return 0;
}

TEST_FILE(text_block)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_texts),   cmocka_unit_test(long_texts), cmocka_unit_test(open_sigma),
        cmocka_unit_test(invalid_texts), cmocka_unit_test(starts),     cmocka_unit_test(any_schedule),
        cmocka_unit_test(errors),
    };
    return cmocka_run_group_tests(tests, seed, NULL);
}
