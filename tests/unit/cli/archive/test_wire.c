/* SPDX-License-Identifier: Apache-2.0 */
/* Which records the program accepts from a process that a hostile archive may have taken over. */
#include "archive/wire.h"

#include <errno.h>
#include <string.h>

#include "support/unit.h"
#include "util/failure.h"

static const struct {
    const char *name;
    size_t name_size;
    struct wire_record record; /* without name_size */
    bool is_valid;
} cases[] = {
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP}, true},
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 2, .format = MAGIC_RAW, .has_text = 1}, true},
    {"b!/c", 4, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_TAR, .inner_size = 1}, true},
    {"", 0, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP, .failure = FAILURE_NAME}, true},
    {"a/", 2, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP, .failure = FAILURE_NAME}, true},
    {"b", 1, {.kind = WIRE_FAILURE, .failure = FAILURE_TRUNCATED}, true},
    {"", 0, {.kind = WIRE_END}, true},
    {"", 0, {.kind = WIRE_END, .failure = EIO}, true},
    {"a", 1, {.kind = 0, .entry = 1, .format = MAGIC_ZIP}, false},
    {"a", 1, {.kind = WIRE_END + 1, .entry = 1, .format = MAGIC_ZIP}, false},
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 0, .format = MAGIC_ZIP}, false},
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_NONE}, false},
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_GZIP}, false},
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 1, .format = UINT8_MAX}, false},
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP, .has_text = 2}, false},
    {"", 0, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP}, false},
    {"a/", 2, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP}, false},
    {"a\0b", 3, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP}, false},
    /* An inner archive whose name is not followed by the separator, also where sizes overflow. */
    {"b.c", 3, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_TAR, .inner_size = 1}, false},
    {"b!/", 3, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_TAR, .inner_size = 2}, false},
    {"b", 1, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_TAR, .inner_size = 1}, false},
    {"b!/c", 4, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_TAR, .inner_size = UINT32_MAX}, false},
    {"b!/c", 4, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_TAR, .inner_size = UINT32_MAX - 1}, false},
    /* What is not a reason of an archive. */
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP, .failure = FAILURE_CHANGED}, false},
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP, .failure = ENOENT}, false},
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP, .failure = INT32_MIN}, false},
    /* A failure that fits 16 bits only once it is cut. */
    {"a", 1, {.kind = WIRE_MEMBER, .entry = 1, .format = MAGIC_ZIP, .failure = 0x10000}, false},
    {"", 0, {.kind = WIRE_FAILURE, .failure = FAILURE_ARCHIVE}, false},
    {"b", 1, {.kind = WIRE_FAILURE}, false},
    {"a", 1, {.kind = WIRE_END}, false},
};

static void test_only_what_a_reader_sends_is_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct wire_record record = cases[i].record;
        record.name_size = (uint32_t)cases[i].name_size;
        if (wire_is_valid(&record, cases[i].name) != cases[i].is_valid)
            fail_msg("case %zu", i);
    }
}

TEST_FILE(wire)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_what_a_reader_sends_is_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
