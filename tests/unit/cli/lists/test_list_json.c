/* SPDX-License-Identifier: Apache-2.0 */
/* Objects as lines of checksum lists: R7 and R8 of docs/check-rules.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "list_log.h"
#include "lists/json_limits.h"
#include "lists/list_json.h"
#include "lists/list_reader.h"
#include "support/random.h"
#include "support/unit.h"

#define OBJECT(type, path, more) "{\"type\":\"" type "\",\"path\":\"" path "\"" more "}"
#define CODE(code) ",\"iscc\":\"" code "\""
#define STAT(mtime, mtime_nsec, ctime, ctime_nsec)                                                                     \
    ",\"stat\":{\"mtime_sec\":" mtime ",\"mtime_nsec\":" mtime_nsec ",\"ctime_sec\":" ctime                            \
    ",\"ctime_nsec\":" ctime_nsec "}"

#define ERROR(path, code) OBJECT("error", path, ",\"error\":\"words\",\"code\":\"" code "\"")

static void objects(void **state)
{
    static const struct list_example examples[] = {
        {OBJECT("file", "a", CODE(WIDE)), "1Wj<a>"},
        {OBJECT("file", "a", CODE(NARROW)) "\r\n" OBJECT("tree", "d/", CODE(WIDE)), "1Nj<a>2Wj<d/>"},
        {"{ \"iscc\" : \"" WIDE "\" , \"path\" : \"a\", \"other\" : [{}], \"type\" : \"file\" } ", "1Wj<a>"},
        {OBJECT("file", "a\\nb\\u00e9\\\\u0000", CODE(WIDE)), "1Wj<a\nb\xc3\xa9\\u0000>"},
        {OBJECT("file", "a", CODE(WIDE) ",\"datahash\":\"" HASH "\",\"filesize\":13"), "1Wjhs<a>"},
        {OBJECT("file", "a", CODE(WIDE) ",\"units\":[\"" DATA "\",\"" INSTANCE "\"]"), "1Wjdi<a>"},
        {OBJECT("file", "a", CODE(WIDE) ",\"text_code\":\"" TEXT "\""), "1Wjx<a>"},
        {OBJECT("file", "a", CODE(NARROW) ",\"iso\":\"" TEXT_ISCC "\",\"text_code\":\"" TEXT "\""), "1Njx<a>"},
        {OBJECT("file", "a", CODE(WIDE) ",\"iso\":\"" TEXT_ISCC "\""), "1Wj<a>"},
        {OBJECT("file", "a", CODE(WIDE) ",\"text_code\":\"" DATA "\""), "1?j<a>"},
        {OBJECT("file", "a", CODE(WIDE) ",\"text_code\":\"\""), "1?j<a>"},
        {OBJECT("file", "a", CODE(WIDE) ",\"iso\":\"" NARROW "\""), "1?j<a>"},
        {OBJECT("file", "a", CODE(WIDE) ",\"text_code\":\"" TEXT "\",\"iso\":\"?\""), "1?j<a>"},
        {OBJECT("file", "a", CODE(WIDE) STAT("-1", "999999999", "9007199254740991", "0")), "1Wjt<a>"},
        {OBJECT("file", "a", CODE(WIDE) STAT("-9007199254740991", "999999999", "9007199254740991", "0")), "1Wjt<a>"},
        {OBJECT("file", "a\\u000ab", CODE(WIDE)), "1Wj<a\nb>"},
        {OBJECT(
             "file", "a",
             CODE(WIDE) ",\"stat\":{\"ctime_nsec\":0,\"atime\":\"?\",\"ctime_sec\":9007199254740991,\"mtime_sec\":-1,"
                        "\"mtime_nsec\":999999999}"),
         "1Wjt<a>"},
        {OBJECT("file", "a", CODE(WIDE)) "\n" NARROW " *b\n" OBJECT("file", "c", CODE(WIDE)), "1Wj<a>2N<b>3Wj<c>"},
        {OBJECT("file", "caf\xef\xbf\xbd", CODE(WIDE) ",\"path_b64\":\"Y2Fm6Q==\""), "1Wj<caf\xe9>"},
        {OBJECT("file", "?", CODE(WIDE) ",\"path_b64\":\"Y2Fm6Y0=\""), "1Wj<caf\xe9\x8d>"},
        {OBJECT("file", "?", CODE(WIDE) ",\"path_b64\":\"Y2Fm\""), "1Wj<caf>"},
        {OBJECT("file", "?", CODE(WIDE) ",\"path_b64\":\"//8+\""), "1Wj<\xff\xff>>"},
        {OBJECT("file", "a", CODE(WIDE)) "\n  " DATA, "1Wj<a>2!"},
        {ERROR("a", "EACCES") "\n" ERROR("d/", "EIO") "\n" ERROR("", "EIO") "\n", "1EACCES<a>2EIO<d/>3EIO<>"},
        {ERROR("list:2", "EMPTY_NAME") "\n" ERROR("a", "CHANGED") "\n", "1EMPTY_NAME<list:2>2CHANGED<a>"},
        {ERROR("a", "OF_A_LATER_VERSION") "\n" ERROR("a", "EUNKNOWN"), "1EUNKNOWN<a>2EUNKNOWN<a>"},
        {OBJECT("error", "?", ",\"path_b64\":\"//8+\",\"code\":\"EIO\""), "1EIO<\xff\xff>>"},
        {OBJECT("error", "a", CODE(DATA) ",\"code\":\"EIO\",\"filesize\":null"), "1EIO<a>"},
    };

    (void)state;
    ASSERT_EXAMPLES(examples, false);
}

/* Every name that is not empty and has no NUL, in RFC 4648's base64. */
static void encoded_names(void **state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint64_t numbers = random_seed();

    (void)state;
    for (size_t round = 0; round < 400; round++) {
        unsigned char name[45] = {0};
        char encoded[61] = {0};
        char line[256];
        char expected[64];
        const size_t size = 1 + round % 42;
        for (size_t i = 0; i < size; i++)
            name[i] = (unsigned char)(1 + random_below(&numbers, 255));
        for (size_t i = 0; i < size; i += 3) {
            const uint32_t group = (uint32_t)name[i] << 16 | (uint32_t)name[i + 1] << 8 | name[i + 2];
            for (size_t j = 0; j < 4; j++)
                encoded[i / 3 * 4 + j] = i + j > size ? '=' : digits[group >> (18 - 6 * j) & 63];
        }
        snprintf(line, sizeof line, OBJECT("file", "?", CODE(WIDE) ",\"path_b64\":\"%s\""), encoded);
        snprintf(expected, sizeof expected, "1Wj<%s>", (char *)name);
        if (name[size - 1] != '/')
            assert_list(line, strlen(line), false, expected);
    }
}

/* Parsed JSON must not need much more memory than its text, or a short list could exhaust memory. */
static void large_objects(void **state)
{
    enum { MEMBERS = 1500000 };
    char *list = malloc(2 * MEMBERS + 256);

    (void)state;
    assert_non_null(list);
    for (size_t members = 1000; members <= MEMBERS; members *= MEMBERS / 1000) {
        int size = sprintf(list, "{\"type\":\"file\",\"path\":\"a\"" CODE(WIDE) ",\"more\":[0");
        for (size_t i = 1; i < members; i++, size += 2)
            memcpy(list + size, ",0", 2);
        size += sprintf(list + size, "]}\n" WIDE " *b");
        assert_list(list, (size_t)size, false, members == MEMBERS ? "1!2W<b>" : "1Wj<a>2W<b>");
    }
    free(list);
}

static const char *const bad_lines[] = {
    "{",
    "{}",
    "{\"type\":\"file\"}",
    OBJECT("file", "a", ""),
    OBJECT("file", "a", ",\"iscc\":1"),
    OBJECT("file", "a", CODE("?") ",\"filesize\":-1"),
    OBJECT("file", "a", CODE("?") ",\"units\":[1]"),
    OBJECT("file", "a", CODE("?") ",\"units\":\"?\""),
    OBJECT("file", "a", CODE("?") ",\"datahash\":1"),
    OBJECT("file", "a", CODE("?") ",\"text_code\":1"),
    OBJECT("file", "a", CODE(WIDE) ",\"text_code\":null"),
    OBJECT("file", "a", CODE(WIDE) ",\"iso\":[]"),
    OBJECT("tree", "a", CODE("?")),
    OBJECT("near", "a", CODE("?")),
    OBJECT("near", "a", CODE(WIDE)),
    "{\"type\":\"group\",\"reference\":" OBJECT("file", "a", CODE(WIDE)) ",\"members\":[]}",
    OBJECT("file", "a", ",\"iscc\":null"),
    OBJECT("file", "", CODE(WIDE)),
    OBJECT("file", "a/", CODE(WIDE)),
    OBJECT("tree", "a", CODE(WIDE)),
    OBJECT("error", "a", CODE(WIDE)),
    OBJECT("error", "a", ",\"error\":\"Permission denied\""),
    OBJECT("error", "a", ",\"error\":\"Permission denied\",\"code\":13"),
    OBJECT("error", "a\\u0000b", ",\"code\":\"EACCES\""),
    "{\"type\":\"error\",\"input\":\"a\",\"code\":\"NO_DATA\"}",
    OBJECT("speed", "a", CODE(WIDE)),
    "{\"path\":\"a\"" CODE(WIDE) "}",
    "{\"type\":1,\"path\":\"a\"" CODE(WIDE) "}",
    "{\"type\":\"file\"" CODE(WIDE) "}",
    "{\"type\":\"file\",\"path\":1" CODE(WIDE) "}",
    OBJECT("file", "a\\u0000b", CODE(WIDE)),
    OBJECT("file", "a\\\\\\u0000", CODE(WIDE)),
    OBJECT("file", "a", CODE(WIDE) ",\"path_b64\":\"\""),
    OBJECT("file", "a", CODE(WIDE) ",\"path_b64\":1"),
    OBJECT("file", "a", CODE(WIDE) ",\"path_b64\":\"YQ\""),
    OBJECT("file", "a", CODE(WIDE) ",\"path_b64\":\"YQA=\""), /* a NUL */
    OBJECT("file", "a", CODE(WIDE) ",\"path_b64\":\"Y Q=\""),
    OBJECT("file", "a", CODE(WIDE) ",\"path_b64\":\"Y===\""),
    OBJECT("file", "a", CODE(WIDE) ",\"path_b64\":\"YQ==YQ==\""),
    OBJECT("file", "a", CODE(WIDE) ",\"datahash\":0"),
    OBJECT("file", "a", CODE(WIDE) ",\"filesize\":\"13\""),
    OBJECT("file", "a", CODE(WIDE) ",\"filesize\":-1"),
    OBJECT("file", "a", CODE(WIDE) ",\"filesize\":null"),
    OBJECT("file", "a", CODE(WIDE) ",\"filesize\":13.5"),
    OBJECT("file", "a", CODE(WIDE) ",\"filesize\":18446744073709551616"),
    OBJECT("file", "a", CODE(WIDE) ",\"filesize\":1e300"),
    OBJECT("file", "a", CODE(WIDE) ",\"filesize\":1e999"),
    OBJECT("file", "a", CODE(WIDE) ",\"units\":\"" DATA "\""),
    OBJECT("file", "a", CODE(WIDE) ",\"units\":[1]"),
    OBJECT("file", "a", CODE(WIDE) ",\"stat\":1"),
    OBJECT("file", "a", CODE(WIDE) ",\"stat\":null"),
    OBJECT("file", "a", CODE(WIDE) ",\"stat\":[]"),
    OBJECT("file", "a", CODE(WIDE) ",\"stat\":{}"),
    OBJECT("file", "a", CODE(WIDE) ",\"stat\":{\"mtime_sec\":1,\"mtime_nsec\":1,\"ctime_sec\":1}"),
    OBJECT("file", "a", CODE(WIDE) STAT("1", "1", "\"1\"", "1")),
    OBJECT("file", "a", CODE(WIDE) STAT("1", "1", "null", "1")),
    OBJECT("file", "a", CODE(WIDE) STAT("1.5", "1", "1", "1")),
    OBJECT("file", "a", CODE(WIDE) STAT("1", "0.5", "1", "1")),
    OBJECT("file", "a", CODE(WIDE) STAT("1", "-1", "1", "1")),
    OBJECT("file", "a", CODE(WIDE) STAT("1", "1", "1", "1000000000")),
    OBJECT("file", "a", CODE(WIDE) STAT("9007199254740992", "1", "1", "1")),
    OBJECT("file", "a", CODE(WIDE) STAT("1", "1", "-9007199254740992", "1")),
    OBJECT("file", "a", CODE(WIDE) STAT("1e300", "1", "1", "1")),
    OBJECT("file", "a", CODE(WIDE)) "}",
    OBJECT("file", "a", CODE(WIDE)) " *a",
    "[" OBJECT("file", "a", CODE(WIDE)) "]",
    " " OBJECT("file", "a", CODE(WIDE)),
    "\"file\"",
};

/* Only a code is wrong, so that the file is known. */
static const char *const damaged_lines[] = {
    OBJECT("file", "a", CODE(DATA)),
    OBJECT("file", "a", CODE("")),
    OBJECT("file", "a", CODE(WIDE) ",\"datahash\":\"" HASH "0\""),
    OBJECT("file", "a", CODE(WIDE) ",\"datahash\":\"" HASH "g\""),
    OBJECT("file", "a", CODE(WIDE) ",\"datahash\":\"1e21" HASH_DIGITS "\""),
    OBJECT("file", "a", CODE(WIDE) ",\"datahash\":\"288a\""),
    OBJECT("file", "a", CODE(WIDE) ",\"units\":[\"" DATA "\",\"" DATA "\"]"),
    OBJECT("file", "a", CODE(WIDE) ",\"units\":[\"" WIDE "\"]"),
    OBJECT("file", "a", CODE(WIDE) ",\"units\":[\"\"],\"filesize\":1"),
};

static void damaged_objects(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof damaged_lines / sizeof damaged_lines[0]; i++)
        assert_list(damaged_lines[i], strlen(damaged_lines[i]), false, "1?j<a>");
    assert_list(OBJECT("file", "?", CODE("?") ",\"path_b64\":\"YQ==\""),
                strlen(OBJECT("file", "?", CODE("?") ",\"path_b64\":\"YQ==\"")), false, "1?j<a>");
    assert_list(OBJECT("tree", "a/", CODE("?")), strlen(OBJECT("tree", "a/", CODE("?"))), false, "1?j<a/>");
}

static void bad_objects(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_lines / sizeof bad_lines[0]; i++)
        assert_list(bad_lines[i], strlen(bad_lines[i]), false, "1!");
}

#define GROUP(reference, members)                                                                                      \
    "{\"type\":\"group\",\"reference\":" reference ",\"members\":[" members "],\"bits\":128}"

/* Only with list_reader_read_groups(): each file of a group has the line number of the group. */
static void groups(void **state)
{
    static const struct list_example examples[] = {
        {GROUP(OBJECT("file", "a", CODE(WIDE)), ""), "1Wj<a>"},
        {GROUP(OBJECT("file", "a", CODE(WIDE)), OBJECT("tree", "b/", CODE(NARROW) ",\"distance\":1") "," OBJECT(
                                                    "file", "c", CODE(WIDE))) "\n" WIDE " *d",
         "1Wj<a>1Nj<b/>1Wj<c>2W<d>"},
        {GROUP(OBJECT("file", "a", CODE(WIDE)),
               "1," OBJECT("file", "b", CODE("?")) "," OBJECT("file", "c", CODE(WIDE))),
         "1Wj<a>1!1!1Wj<c>"},
        {GROUP("1", OBJECT("file", "a", CODE(WIDE))), "1!1Wj<a>"},
        {GROUP(OBJECT("file", "a", CODE(WIDE)), GROUP(OBJECT("file", "b", CODE(WIDE)), "")), "1Wj<a>1!"},
        {GROUP(OBJECT("file", "a", CODE(WIDE) ",\"filesize\":9007199254740991"),
               OBJECT("file", "b", CODE(WIDE) ",\"filesize\":9007199254740992")),
         "1Wjs<a>1Wj<b>"},
        {OBJECT("near", "a", CODE(WIDE)) "\n" OBJECT("near", "b/", CODE(NARROW)), "1Wj<a>2Nj<b/>"},
        {OBJECT("near", "?", CODE(WIDE) ",\"path_b64\":\"//8+\""), "1Wj<\xff\xff>>"},
        {OBJECT("near", "a", CODE("?")), "1!"},
        {"{\"type\":\"near\"}\n{\"type\":\"group\"}\n{\"type\":1}\n{\"type\":\"group\",\"members\":[]}", "1!2!3!4!"},
        {OBJECT("file", "a", CODE("?")), "1?j<a>"},
        {OBJECT("summary", "a", CODE(WIDE)), "1!"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        FILE *file = tmpfile();
        assert_non_null(file);
        assert_true(fputs(examples[i].list, file) >= 0);
        rewind(file);
        struct list_reader *list = list_reader_new(fileno(file), false);
        assert_non_null(list);
        list_reader_read_groups(list);
        assert_rest(list, examples[i].expected);
        fclose(file);
    }
}

/* Parses an object, and again with a blank after its brace, as no object is printed. */
static void assert_same_record(const char *object)
{
    struct list_entry plain = {.file = {.line = 1}};
    struct list_entry other = {.file = {.line = 1}};
    char first[1024];
    char second[1024];

    assert_true((size_t)snprintf(first, sizeof first, "%s", object) < sizeof first);
    assert_true((size_t)snprintf(second, sizeof second, "%.1s %s", object, object + 1) < sizeof second);
    const enum parse_result result = list_json_parse(first, strlen(first), &plain);
    if (result != list_json_parse(second, strlen(second), &other))
        fail_msg("differs: %s", object);
    if (result != PARSE_GOOD)
        return;
    const struct file_record *a = &plain.file;
    const struct file_record *b = &other.file;
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->name_size, b->name_size);
    assert_int_equal(a->has_filesize, b->has_filesize);
    assert_int_equal(a->filesize, b->filesize);
    assert_int_equal(a->has_times, b->has_times);
    assert_true(!a->has_times || file_times_equal(&a->times, &b->times));
    assert_int_equal(a->flags, b->flags);
    assert_int_equal(a->data_bits, b->data_bits);
    assert_int_equal(a->instance_bits, b->instance_bits);
    assert_memory_equal(a->data, b->data, sizeof a->data);
    assert_memory_equal(a->instance, b->instance, sizeof a->instance);
    assert_int_equal(a->has_data_unit, b->has_data_unit);
    assert_int_equal(a->has_instance_unit, b->has_instance_unit);
    assert_int_equal(a->is_contradictory, b->is_contradictory);
    assert_int_equal(a->failure, b->failure);
    assert_int_equal(plain.is_json, other.is_json);
}

/* Replaces or removes one or two bytes after the brace. */
static void change_object(char *object, uint64_t *numbers)
{
    static const char bytes[] = "\"\\{}[],:0123456789-.eA/ \x01\x7f\xc3";

    for (size_t changes = 1 + random_below(numbers, 2); changes > 0; changes--) {
        const size_t at = 1 + random_below(numbers, strlen(object) - 1);
        if (random_below(numbers, 2) == 0)
            object[at] = bytes[random_below(numbers, sizeof bytes - 1)];
        else
            memmove(object + at, object + at + 1, strlen(object + at));
    }
}

/* Objects as they are printed have a parser of their own, which must judge as the one for any JSON does. */
static void plain_objects(void **state)
{
    static const char *const objects[] = {
        OBJECT("file", "a b/\xc3\xa9",
               CODE(WIDE) ",\"datahash\":\"" HASH "\",\"filesize\":13,\"units\":[\"" DATA "\",\"" INSTANCE
                          "\"]" STAT("1790000000", "5", "-3", "999999999")),
        OBJECT("file", "a", CODE(NARROW) ",\"filesize\":0"),
        OBJECT("file", "a", CODE(WIDE) STAT("0", "0", "0", "0")),
        OBJECT("error", "a", ",\"error\":\"words\",\"code\":\"EIO\""),
        OBJECT("tree", "d/", CODE(WIDE)),
    };
    uint64_t numbers = random_seed();
    char object[1024];

    (void)state;
    json_memory_install();
    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        assert_same_record(objects[i]);
        for (size_t round = 0; round < 20000; round++) {
            memcpy(object, objects[i], strlen(objects[i]) + 1);
            change_object(object, &numbers);
            assert_same_record(object);
        }
    }
}

TEST_FILE(list_json)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects),         cmocka_unit_test(encoded_names), cmocka_unit_test(large_objects),
        cmocka_unit_test(damaged_objects), cmocka_unit_test(bad_objects),   cmocka_unit_test(groups),
        cmocka_unit_test(plain_objects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
