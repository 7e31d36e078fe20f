/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels for text of every table that this machine can run, against plain computations, in memory with guard pages
 * on both sides. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "core/kernels/guarded_area.h"
#include "core/naive.h"
#include "support/random.h"
#include "support/unit.h"

#define AREA_SIZE ((size_t)64 * 1024)

static uint8_t *area;

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

static int map_area(void **state)
{
    (void)state;
    (void)random_seed();
    area = guarded_area_map(AREA_SIZE);
    return area != NULL ? 0 : -1;
}

static int release_area(void **state)
{
    (void)state;
    return guarded_area_unmap(area, AREA_SIZE);
}

TEST_FILE(text_kernels)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ascii),
        cmocka_unit_test(windows),
    };
    return cmocka_run_group_tests(tests, map_area, release_area);
}
