/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels for text of every table that this machine can run, against plain computations, in memory with guard pages
 * on both sides; and MinHash of so many features that most of them only pass a filter. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/naive.h"
#include "kernels/kernels.h"
#include "support/random.h"
#include "support/unit.h"

#define AREA_SIZE ((size_t)64 * 1024)

static uint8_t *area;

#define FOR_EACH_TABLE(table)                                                                                          \
    const struct iscc_kernels *table;                                                                                  \
    for (size_t index_ = 0; (table = iscc_kernels_available(index_)) != NULL; index_++)

/* ---- ASCII ---- */

/* The text ends at the end of the area, and what is written may not exceed the room that the contract names. */
static void check_ascii(const uint8_t *text, size_t size)
{
    uint8_t expected[512];
    uint8_t found[512 + ISCC_ASCII_SLACK + 1];
    size_t length = 0;
    size_t read = 0;

    for (; read < size && text[read] < 0x80; read++)
        if (isalnum(text[read]) || (text[read] != 0 && strchr("$+<=>^`|~", text[read]) != NULL))
            expected[length++] = (uint8_t)tolower(text[read]);
    FOR_EACH_TABLE(table)
    {
        size_t written = 12345;
        found[read + ISCC_ASCII_SLACK] = '#';
        if (table->collapse_ascii(text, size, found, &written) != read || written != length)
            fail_msg("%s: %zu bytes: %zu written, not %zu", table->name, size, written, length);
        assert_memory_equal(found, expected, length);
        assert_int_equal(found[read + ISCC_ASCII_SLACK], '#');
    }
}

static void ascii(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (unsigned byte = 0; byte < 256; byte++)
        for (size_t size = 1; size <= 64; size += 31) {
            uint8_t *text = area + AREA_SIZE - size;
            memset(text, (int)byte, size);
            check_ascii(text, size);
        }
    for (size_t size = 0; size <= 300; size++) {
        uint8_t *text = area + AREA_SIZE - size;
        random_fill(&random, text, size);
        for (size_t i = 0; i < size; i++)
            text[i] &= 0x7f;
        check_ascii(text, size);
        if (size == 0)
            continue;
        text[random_below(&random, size)] |= 0x80;
        check_ascii(text, size);
    }
}

/* ---- Windows ---- */

static void check_windows(const uint8_t *text, size_t size)
{
    static uint32_t expected[ISCC_WINDOWS_SIZE];
    static uint32_t found[ISCC_WINDOWS_SIZE + 1];
    static uint32_t starts[ISCC_WINDOWS_SIZE + 1];
    size_t characters = 0;
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        if ((text[i] & 0xc0) != 0x80)
            starts[characters++] = (uint32_t)i;
    starts[characters] = (uint32_t)size;
    for (; count + ISCC_WINDOW <= characters; count++)
        expected[count] = naive_xxh32(text + starts[count], starts[count + ISCC_WINDOW] - starts[count]);
    FOR_EACH_TABLE(table)
    {
        found[count] = 0xdeadbeef;
        if (table->hash_windows(text, size, found) != count || memcmp(found, expected, count * sizeof found[0]) != 0)
            fail_msg("%s: windows of %zu bytes", table->name, size);
        assert_int_equal(found[count], 0xdeadbeef);
    }
}

/* Writes characters of up to `longest` bytes, whose order is left to chance, to the end of the area. */
static void check_characters(uint64_t *random, size_t characters, size_t longest)
{
    static const uint8_t leads[] = {0, 0x41, 0xc3, 0xe4, 0xf0};
    static uint8_t text[ISCC_WINDOWS_SIZE];
    size_t size = 0;

    for (; characters > 0 && size + 4 <= sizeof text; characters--) {
        const size_t length = longest > 4 ? longest - 4 : 1 + random_below(random, longest);
        text[size++] = (uint8_t)(leads[length] + (length == 1 ? random_below(random, 26) : 0));
        for (size_t i = 1; i < length; i++)
            text[size++] = (uint8_t)(0x80 | random_below(random, 64));
    }
    memcpy(area + AREA_SIZE - size, text, size);
    check_windows(area + AREA_SIZE - size, size);
    memcpy(area, text, size);
    check_windows(area, size);
}

/* All of one length, or of several. */
static void windows(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t longest = 1; longest <= 8; longest++) {
        for (size_t characters = 0; characters <= 120; characters++)
            check_characters(&random, characters, longest);
        check_characters(&random, ISCC_WINDOWS_SIZE, longest);
    }
}

/* ---- MinHash ---- */

/* The feature whose product and addend have these low 32 bits. The permutation is up to 7 more (see mersenne.h). */
static uint32_t find_feature(size_t index, uint32_t low)
{
    uint32_t inverse = (uint32_t)iscc_minhash_a[index];

    for (int round = 0; round < 4; round++)
        inverse *= 2 - (uint32_t)iscc_minhash_a[index] * inverse;
    return (low - (uint32_t)iscc_minhash_b[index]) * inverse;
}

static void check_minima(const uint32_t *before, const uint32_t *features, size_t count)
{
    uint32_t expected[ISCC_MINIMA];
    uint32_t minima[ISCC_MINIMA];

    memcpy(expected, before, sizeof expected);
    for (size_t i = 0; i < ISCC_MINIMA; i++)
        for (size_t j = 0; j < count; j++) {
            const uint32_t permuted = naive_permute(i, features[j]);
            expected[i] = permuted < expected[i] ? permuted : expected[i];
        }
    FOR_EACH_TABLE(table)
    {
        memcpy(minima, before, sizeof minima);
        table->lower_minima(minima, features, count);
        if (memcmp(minima, expected, sizeof minima) != 0)
            fail_msg("%s: minima of %zu features", table->name, count);
    }
}

/* Features whose permutations lie close above and below the minimum, and close to 0 and 2^32: what a filter that is off
 * by one, or by what the reduction adds, would miss. */
static void minima_near_the_limit(void **state)
{
    enum { COUNT = 333 };
    uint32_t *features = (uint32_t *)(void *)(area + AREA_SIZE) - COUNT;
    uint32_t before[ISCC_MINIMA];
    uint64_t random = random_seed();

    (void)state;
    for (int round = 0; round < 150; round++) {
        const uint32_t spread = round % 3 == 0 ? 12 : UINT32_C(1) << random_below(&random, 32);
        for (size_t i = 0; i < ISCC_MINIMA; i++)
            before[i] = round % 5 == 0 ? (uint32_t)(random_below(&random, 40) - 20)
                                       : (uint32_t)random_below(&random, 1 + 2 * (size_t)spread);
        for (size_t j = 0; j < COUNT; j++) {
            const size_t index = random_below(&random, ISCC_MINIMA);
            features[j] = find_feature(index, before[index] + 12 - (uint32_t)random_below(&random, 24));
        }
        check_minima(before, features, COUNT);
    }
}

static void minima_of_many(void **state)
{
    uint32_t *features = (uint32_t *)(void *)area;
    uint32_t before[ISCC_MINIMA];
    uint64_t random = random_seed();

    (void)state;
    random_fill(&random, area, AREA_SIZE);
    memset(before, 0xff, sizeof before);
    for (size_t count = 60; count <= AREA_SIZE / 4; count += 1 + count / 3)
        check_minima(before, features, count);
}

static int map_area(void **state)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uint8_t *mapped = mmap(NULL, AREA_SIZE + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)state;
    (void)random_seed();
    if (mapped == MAP_FAILED)
        return -1;
    area = mapped + page;
    return mprotect(area, AREA_SIZE, PROT_READ | PROT_WRITE);
}

static int release_area(void **state)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);

    (void)state;
    return munmap(area - page, AREA_SIZE + 2 * page);
}

TEST_FILE(text_kernels)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ascii),
        cmocka_unit_test(windows),
        cmocka_unit_test(minima_near_the_limit),
        cmocka_unit_test(minima_of_many),
    };
    return cmocka_run_group_tests(tests, map_area, release_area);
}
