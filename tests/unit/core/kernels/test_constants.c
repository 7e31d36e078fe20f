/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the Data-Code against their checksums, which sha256sum computes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "kernels/kernels.h"
#include "support/folder.h"

/* Little-endian, whatever this machine is. */
static void put_integer(FILE *file, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        assert_true(putc((int)(value >> 8 * i & 0xff), file) != EOF);
}

static void check_table(const void *table, size_t count, size_t size, const char *expected)
{
    char *path = folder_path("table");
    char command[512];
    char sum[65] = "";

    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (size_t i = 0; i < count; i++)
        put_integer(file, size == 4 ? ((const uint32_t *)table)[i] : ((const uint64_t *)table)[i], size);
    assert_int_equal(fclose(file), 0);

    assert_in_range(snprintf(command, sizeof command, "sha256sum < '%s'", path), 1, sizeof command - 1);
    FILE *judge = popen(command, "r");
    assert_non_null(judge);
    assert_int_equal(fread(sum, 1, 64, judge), 64);
    while (getc(judge) != EOF)
        continue;
    assert_int_equal(pclose(judge), 0);
    assert_string_equal(sum, expected);
    free(path);
}

static void gear(void **state)
{
    (void)state;
    check_table(iscc_gear, 256, sizeof iscc_gear[0],
                "d499f6cdb238b999913ce6bc226452991b403b71cb0b144ca82ecf6e2ce2032a");
}

static void minhash_multipliers(void **state)
{
    (void)state;
    check_table(iscc_minhash_a, ISCC_MINIMA, sizeof iscc_minhash_a[0],
                "0e28f3a08b3fb60efd0efbd30b34f530a33ac2361e33350e61463ede32b91017");
}

static void minhash_addends(void **state)
{
    (void)state;
    check_table(iscc_minhash_b, ISCC_MINIMA, sizeof iscc_minhash_b[0],
                "420e5417423538245bffca5e1001d1aa9acb82361f5d25653c44b1dd7cc0ae43");
}

/* What the chunker relies on: a sum of half a hash and a gear value stays below 2^32. */
static void gear_values_leave_room(void **state)
{
    (void)state;
    for (size_t i = 0; i < 256; i++)
        assert_true(iscc_gear[i] < UINT32_C(1) << 31);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gear),
        cmocka_unit_test(minhash_multipliers),
        cmocka_unit_test(minhash_addends),
        cmocka_unit_test(gear_values_leave_room),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
