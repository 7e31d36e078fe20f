/* SPDX-License-Identifier: Apache-2.0 */
/* What the processor can do, as Linux sees it: the judge of what the library finds out by itself. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "kernels/cpu.h"
#include "support/unit.h"

enum { LINE_SIZE = 8192 };

/* An emulator of another processor shows the flags of its own. */
#if defined(__x86_64__) || defined(__i386__)
static const bool is_x86 = true;
#else
static const bool is_x86 = false;
#endif

/* The flags of the first processor, with a blank before and after each. False if the system does not report them. */
static bool read_flags(char flags[LINE_SIZE])
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    bool found = false;

    if (file == NULL)
        return false;
    while (!found && fgets(flags, LINE_SIZE, file) != NULL)
        found = strncmp(flags, "flags\t", 6) == 0;
    fclose(file);
    flags[strcspn(flags, "\n")] = ' ';
    return found;
}

static bool has_all(const char *flags, const char *const names[])
{
    for (size_t i = 0; names[i] != NULL; i++) {
        char word[32];
        snprintf(word, sizeof word, " %s ", names[i]);
        if (strstr(flags, word) == NULL)
            return false;
    }
    return true;
}

static void features_are_those_that_linux_tells(void **state)
{
    static const struct {
        unsigned feature;
        const char *names[12];
    } rows[] = {
        {ISCC_CPU_SSE41, {"sse4_1"}},
        {ISCC_CPU_AVX2, {"avx2", "bmi1", "bmi2", "popcnt"}},
        {ISCC_CPU_AVX512,
         {"avx2", "bmi1", "bmi2", "popcnt", "avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512vbmi", "avx512_vbmi2",
          "avx512_vpopcntdq"}},
    };
    static char flags[LINE_SIZE];
    unsigned expected = 0;

    (void)state;
    if (!is_x86 || !read_flags(flags))
        skip();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (has_all(flags, rows[i].names))
            expected |= rows[i].feature;
    assert_int_equal(iscc_cpu_features(), expected);
}

TEST_FILE(cpu)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(features_are_those_that_linux_tells)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
