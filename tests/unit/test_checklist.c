/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar of checksum lists, line by line: R1 to R9 of docs/check-rules.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "checklist.h"
#include "record.h"
#include "support/random.h"

/* The codes of "Hello, World!". */
#define WIDE "ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UI"
#define NARROW "ISCC:KUABTIGSQPBAX75YFCFINJ47ECR5M"
#define DATA "ISCC:GADRTIGSQPBAX75YJFUXVEHPUIHGWAUKDAVAQAHHEIX2QJT6Z57J7LA"
#define INSTANCE "ISCC:IADSRCUGU6PSBI6W3TG4U5YTX2XNC6DZQKLL36TZCP5CUYWZOJ57R6A"
#define DATA_64 "ISCC:GAARTIGSQPBAX75Y"
#define HASH_DIGITS "288a86a79f20a3d6dccdca7713beaed178798296bdfa7913fa2a62d9727bf8f8"
#define HASH "1e20" HASH_DIGITS

enum { LOG_SIZE = 4096 };

static void append(char log[LOG_SIZE], const char *text)
{
    assert_true(strlen(log) + strlen(text) < LOG_SIZE);
    strcat(log, text);
}

/* Notes an entry as its line number, W or N, g for a tagged line or j for an object, the letters of what else it has,
 * and its name in brackets. */
static void note_entry(char log[LOG_SIZE], const struct list_entry *entry, const char *name)
{
    char text[256];

    assert_int_equal(strlen(name), entry->name_size);
    assert_string_equal(entry->iscc, entry->flags == ISCC_WIDE ? WIDE : NARROW);
    assert_true(entry->data_code[0] == '\0' || strcmp(entry->data_code, DATA) == 0);
    assert_true(entry->instance_code[0] == '\0' || strcmp(entry->instance_code, INSTANCE) == 0);
    assert_true(entry->datahash[0] == '\0' || strcmp(entry->datahash, HASH) == 0);
    assert_true(!entry->has_stat ||
                ((entry->times.modified.tv_sec == -1 || entry->times.modified.tv_sec == -9007199254740991) &&
                 entry->times.modified.tv_nsec == 999999999 && entry->times.changed.tv_sec == 9007199254740991 &&
                 entry->times.changed.tv_nsec == 0));
    snprintf(text, sizeof text, "%u%s%s%s%s%s%s%s%s<%s>", (unsigned)entry->line, entry->flags == ISCC_WIDE ? "W" : "N",
             entry->is_tagged ? "g" : "", entry->is_json ? "j" : "", entry->data_code[0] != '\0' ? "d" : "",
             entry->instance_code[0] != '\0' ? "i" : "", entry->datahash[0] != '\0' ? "h" : "",
             entry->has_filesize ? "s" : "", entry->has_stat ? "t" : "", name);
    append(log, text);
}

/* Reads all of a list; a bad line is noted as its number and "!". */
static void read_all(struct checklist *list, char log[LOG_SIZE])
{
    struct list_entry entry;
    const char *name = NULL;
    char text[32];

    assert_non_null(list);
    log[0] = '\0';
    for (;;) {
        const enum list_event event = checklist_next(list, &entry, &name);
        if (event == LIST_END)
            break;
        if (event == LIST_ENTRY) {
            note_entry(log, &entry, name);
        } else {
            snprintf(text, sizeof text, "%u!", (unsigned)entry.line);
            append(log, text);
        }
    }
    assert_int_equal(checklist_failure(list), 0);
    checklist_free(list);
}

static void assert_list(const char *bytes, size_t size, bool zero, const char *expected)
{
    char log[LOG_SIZE];
    FILE *file = tmpfile();

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    rewind(file);
    read_all(checklist_new(fileno(file), zero), log);
    fclose(file);
    if (strcmp(log, expected) != 0)
        fail_msg("%.*s: %s instead of %s", (int)(size < 300 ? size : 300), bytes, log, expected);
}

struct example {
    const char *list;
    const char *expected;
};

static void assert_examples(const struct example *examples, size_t count, bool zero)
{
    for (size_t i = 0; i < count; i++)
        assert_list(examples[i].list, strlen(examples[i].list), zero, examples[i].expected);
}
#define ASSERT_EXAMPLES(examples, zero) assert_examples(examples, sizeof(examples) / sizeof(examples)[0], zero)

static void records(void **state)
{
    static const struct example examples[] = {
        {"", ""},
        {"\n\n\n", ""},
        {" \t \n" WIDE " *a\n", "2W<a>"},
        {"# comment\n#\n" WIDE " *a\n#" WIDE " *b\n", "3W<a>"},
        {WIDE " *a", "1W<a>"},
        {WIDE " *a\n" NARROW " *b\n" WIDE " *c", "1W<a>2N<b>3W<c>"},
        {WIDE " *a\r\n\r\n" NARROW " *b\r\n", "1W<a>3N<b>"},
        {WIDE " *a\r\r\n", "1W<a\r>"},
        {WIDE " *a\r", "1W<a>"},
        {"\xef\xbb\xbf" WIDE " *a\n", "1W<a>"},
        {"\xef\xbb\xbf# comment\n" WIDE " *a\n", "2W<a>"},
        {"\xef\xbb\xbf\xef\xbb\xbf" WIDE " *a\n", "1!"},
        {"\n\xef\xbb\xbf" WIDE " *a\n", "2!"},
        {"\xef\xbb#" WIDE " *a\n", "1!"},
        {"garbage\n" WIDE " *a\nmore garbage", "1!2W<a>3!"},
    };
    static const char with_nul[] =
        WIDE " *a\n" WIDE " *b\0c\n\0\n" WIDE " *d\n{\"type\":\"file\",\"path\":\"e\0\",\"iscc\":\"" WIDE "\"}";

    (void)state;
    ASSERT_EXAMPLES(examples, false);
    assert_list(with_nul, sizeof with_nul - 1, false, "1W<a>2!3!4W<d>5!");
}

static void plain_lines(void **state)
{
    static const struct example examples[] = {
        {WIDE "  a", "1W<a>"},
        {WIDE "\t*a", "1W<a>"},
        {"  " WIDE " *a", "1W<a>"},
        {"\t" WIDE " *a", "1W<a>"},
        {WIDE " * a ", "1W< a >"},
        {WIDE "   a", "1W< a>"},
        {WIDE " **a", "1W<*a>"},
        {WIDE " *a b (c) = d", "1W<a b (c) = d>"},
        {WIDE " *\xff\xfe", "1W<\xff\xfe>"},
        {WIDE " *a\\nb", "1W<a\\nb>"},
        {WIDE " *d/", "1W<d/>"},
        {WIDE " *-", "1W<->"},
        {WIDE " *", "1!"},
        {WIDE "  ", "1!"},
        {WIDE " ", "1!"},
        {WIDE, "1!"},
        {WIDE " a", "1!"},
        {WIDE "a", "1!"},
        {WIDE " \ta", "1!"},
        {WIDE "*a", "1!"},
        {"*a", "1!"},
        {"a " WIDE, "1!"},
    };

    (void)state;
    ASSERT_EXAMPLES(examples, false);
}

/* As iscc similar writes them. */
static void lines_with_distance(void **state)
{
    static const struct example examples[] = {
        {WIDE " *a\n  ~08 " WIDE " *b\n  =00 " NARROW " *c\n\n" WIDE " *d\n", "1W<a>2W<b>3N<c>5W<d>"},
        {"  ~128 " WIDE " *a", "1W<a>"},
        {"~1 " WIDE " *a", "1W<a>"},
        {"  ~08 \\" WIDE " *a\\nb", "1W<a\nb>"},
        {"\\  ~08 " WIDE " *a", "1!"},
        {"  ~ " WIDE " *a", "1!"},
        {"  ~08" WIDE " *a", "1!"},
        {"  ~08\t" WIDE " *a", "1!"},
        {"  ~08  " WIDE " *a", "1!"},
        {"  08 " WIDE " *a", "1!"},
        {"  ~-8 " WIDE " *a", "1!"},
        {"  ~08 ~08 " WIDE " *a", "1!"},
        {"  ~08 ", "1!"},
        {"  ~08 " DATA, "1!"},
    };

    (void)state;
    ASSERT_EXAMPLES(examples, false);
}

static void tagged_lines(void **state)
{
    static const struct example examples[] = {
        {"ISCC-SUM (a) = " WIDE, "1Wg<a>"},
        {"ISCC (a) = " NARROW, "1Ng<a>"},
        {"ISCC-SUM(a)=" WIDE, "1Wg<a>"},
        {"ISCC-SUM (a) \t = \t " WIDE, "1Wg<a>"},
        {" ISCC-SUM (a) = " WIDE, "1Wg<a>"},
        {"ISCC-SUM ( a ) = " WIDE, "1Wg< a >"},
        {"ISCC-SUM (a) = b) = " WIDE, "1Wg<a) = b>"},
        {"ISCC-SUM (a (b)) = " WIDE, "1Wg<a (b)>"},
        {"ISCC-SUM ((a) = " WIDE, "1Wg<(a>"},
        {"ISCC-SUM ()) = " WIDE, "1Wg<)>"},
        {"ISCC-SUM (" WIDE " *a) = " NARROW, "1Ng<" WIDE " *a>"},
        {"ISCC-SUM () = " WIDE, "1!"},
        {"ISCC-SUM (a = " WIDE, "1!"},
        {"ISCC-SUM (a) " WIDE, "1!"},
        {"ISCC-SUM (a) = " WIDE " ", "1!"},
        {"ISCC-SUM (a) = " WIDE ")", "1!"},
        {"ISCC-SUM (a) = ", "1!"},
        {"ISCC-SUM (a)", "1!"},
        {"ISCC-SUM  (a) = " WIDE, "1!"},
        {"ISCC-SUM (", "1!"},
        {"ISCC-SUM", "1!"},
        {"iscc-sum (a) = " WIDE, "1!"},
        {"ISCC-SUMS (a) = " WIDE, "1!"},
        {"SHA256 (a) = " WIDE, "1!"},
    };

    (void)state;
    ASSERT_EXAMPLES(examples, false);
}

static void codes(void **state)
{
    static const struct example examples[] = {
        {"iscc:k4abtigsqpbax75yjfuxvehpuihgwkekq2tz6ifd23om3stxco7k5ui *a", "1W<a>"},
        {"Iscc:kuabTIGSQPBAX75YFCFINJ47ECR5M *a", "1N<a>"},
        {"K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UI *a", "1!"},
        {"ISCC:K4AB-TIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UI *a", "1!"},
        {"ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UJ *a", "1!"}, /* a bit behind the body */
        {"ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5U *a", "1!"},
        {WIDE "A *a", "1!"},
        {WIDE "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA *a", "1!"},
        {"ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K501 *a", "1!"},
        {"ISCC: *a", "1!"},
        {DATA " *a", "1!"},
        {INSTANCE " *a", "1!"},
        {"ISCC:KACT4EBWK27737D2AYCJRAL5Z36G76RFRMO4554RU26HZ4ORJGIVHDI *a", "1!"}, /* other units stand in it */
        {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 *a", "1!"},
    };

    (void)state;
    ASSERT_EXAMPLES(examples, false);
}

static void escapes(void **state)
{
    static const struct example examples[] = {
        {"\\" WIDE " *a\\nb", "1W<a\nb>"},
        {"\\" WIDE " *\\\\\\n\\r\\\\n", "1W<\\\n\r\\n>"},
        {"\\ISCC-SUM (a\\r) = " WIDE, "1Wg<a\r>"},
        {" \\" WIDE " *a\\nb", "1W<a\nb>"},
        {"\\" WIDE " *plain", "1W<plain>"},
        {"\\" WIDE " *a\\", "1!"},
        {"\\ISCC-SUM (a\\) = " WIDE, "1!"},
        {"\\" WIDE " *a\\tb", "1!"},
        {"\\" WIDE " *a\\0b", "1!"},
        {"\\" WIDE " *a\\ b", "1!"},
        {"\\" WIDE " *a\\Nb", "1!"},
        {"\\\\" WIDE " *a", "1!"},
        {"\\", "1!"},
        {"\\# comment", "1!"},
    };

    (void)state;
    ASSERT_EXAMPLES(examples, false);
}

static void units(void **state)
{
    static const struct example examples[] = {
        {WIDE " *a\n  " DATA "\n  " INSTANCE "\n" NARROW " *b\n  " DATA "\n  " INSTANCE "\n", "1Wdi<a>4Ndi<b>"},
        {"ISCC (a) = " WIDE "\r\n  " INSTANCE "\r\n  " DATA, "1Wgdi<a>"},
        {WIDE " *a\n  " DATA "\n" WIDE " *b\n  " INSTANCE, "1Wd<a>3Wi<b>"},
        {WIDE " *a\n  " DATA "\n  " DATA "\n", "1Wd<a>3!"},
        {WIDE " *a\n  " DATA "\n  " INSTANCE "\n  " DATA, "1Wdi<a>4!"},
        {"  " DATA "\n" WIDE " *a", "1!2W<a>"},
        {WIDE " *a\n#\n  " DATA, "1W<a>3!"},
        {WIDE " *a\n\n  " DATA, "1W<a>3!"},
        {"garbage\n  " DATA, "1!2!"},
        {WIDE " *a\n " DATA "\n", "1W<a>2!"},
        {WIDE " *a\n   " DATA "\n", "1W<a>2!"},
        {WIDE " *a\n\t" DATA "\n", "1W<a>2!"},
        {WIDE " *a\n" DATA "\n", "1W<a>2!"},
        {WIDE " *a\n -" DATA "\n", "1W<a>2!"},
        {WIDE " *a\n- " DATA "\n", "1W<a>2!"},
        {WIDE " *a\n  " DATA " \n", "1W<a>2!"},
        {WIDE " *a\n  " DATA_64 "\n", "1W<a>2!"},
        {WIDE " *a\n  " WIDE "\n", "1W<a>2!"},
        {WIDE " *a\n  " WIDE " *b\n", "1W<a>2W<b>"},
    };

    (void)state;
    ASSERT_EXAMPLES(examples, false);
}

static void nul_ended(void **state)
{
    static const char list[] = WIDE " *a\nb\\nc\r\0ISCC-SUM (d\r\n) = " NARROW "\0  " DATA "\0\0#\0\\" WIDE
                                    " *e\0{\"type\":\"file\",\"path\":\"f\",\"iscc\":\"" WIDE "\"}\0" WIDE " *g";

    (void)state;
    assert_list(list, sizeof list - 1, true, "1W<a\nb\\nc\r>2Ngd<d\r\n>6!7Wj<f>8W<g>");
    assert_list(list, sizeof list - 1, false, "1W<a>2!3!");
}

#define OBJECT(type, path, more) "{\"type\":\"" type "\",\"path\":\"" path "\"" more "}"
#define CODE(code) ",\"iscc\":\"" code "\""
#define STAT(mtime, mtime_nsec, ctime, ctime_nsec)                                                                     \
    ",\"stat\":{\"mtime_sec\":" mtime ",\"mtime_nsec\":" mtime_nsec ",\"ctime_sec\":" ctime                            \
    ",\"ctime_nsec\":" ctime_nsec "}"

static void objects(void **state)
{
    static const struct example examples[] = {
        {OBJECT("file", "a", CODE(WIDE)), "1Wj<a>"},
        {OBJECT("file", "a", CODE(NARROW)) "\r\n" OBJECT("tree", "d/", CODE(WIDE)), "1Nj<a>2Wj<d/>"},
        {"{ \"iscc\" : \"" WIDE "\" , \"path\" : \"a\", \"other\" : [{}], \"type\" : \"file\" } ", "1Wj<a>"},
        {OBJECT("file", "a\\nb\\u00e9\\\\u0000", CODE(WIDE)), "1Wj<a\nb\xc3\xa9\\u0000>"},
        {OBJECT("file", "a", CODE(WIDE) ",\"datahash\":\"" HASH "\",\"filesize\":13"), "1Wjhs<a>"},
        {OBJECT("file", "a", CODE(WIDE) ",\"units\":[\"" DATA "\",\"" INSTANCE "\"]"), "1Wjdi<a>"},
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

/* What JSON stands for may not take much more memory than its text, or short lists would take it all. */
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

static void bad_objects(void **state)
{
    static const char *const lines[] = {
        "{",
        "{}",
        "{\"type\":\"file\"}",
        OBJECT("file", "a", ""),
        OBJECT("file", "a", CODE(DATA)),
        OBJECT("file", "a", CODE("")),
        OBJECT("file", "a", ",\"iscc\":1"),
        OBJECT("file", "a", ",\"iscc\":null"),
        OBJECT("file", "", CODE(WIDE)),
        OBJECT("file", "a/", CODE(WIDE)),
        OBJECT("tree", "a", CODE(WIDE)),
        OBJECT("error", "a", CODE(WIDE)),
        OBJECT("error", "a", ",\"error\":\"Permission denied\",\"code\":\"EACCES\""),
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
        OBJECT("file", "a", CODE(WIDE) ",\"datahash\":\"" HASH "0\""),
        OBJECT("file", "a", CODE(WIDE) ",\"datahash\":\"" HASH "g\""),
        OBJECT("file", "a", CODE(WIDE) ",\"datahash\":\"1e21" HASH_DIGITS "\""),
        OBJECT("file", "a", CODE(WIDE) ",\"datahash\":\"288a\""),
        OBJECT("file", "a", CODE(WIDE) ",\"datahash\":0"),
        OBJECT("file", "a", CODE(WIDE) ",\"filesize\":\"13\""),
        OBJECT("file", "a", CODE(WIDE) ",\"filesize\":-1"),
        OBJECT("file", "a", CODE(WIDE) ",\"filesize\":null"),
        OBJECT("file", "a", CODE(WIDE) ",\"filesize\":13.5"),
        OBJECT("file", "a", CODE(WIDE) ",\"filesize\":18446744073709551616"),
        OBJECT("file", "a", CODE(WIDE) ",\"filesize\":1e300"),
        OBJECT("file", "a", CODE(WIDE) ",\"filesize\":1e999"),
        OBJECT("file", "a", CODE(WIDE) ",\"units\":\"" DATA "\""),
        OBJECT("file", "a", CODE(WIDE) ",\"units\":[\"" DATA "\",\"" DATA "\"]"),
        OBJECT("file", "a", CODE(WIDE) ",\"units\":[1]"),
        OBJECT("file", "a", CODE(WIDE) ",\"units\":[\"" WIDE "\"]"),
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

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_list(lines[i], strlen(lines[i]), false, "1!");
}

/* A list of two lines, the first with a name of `size` bytes. */
static void assert_long(size_t size, const char *expected)
{
    static const char rest[] = "\n" WIDE " *b";
    const size_t line = sizeof WIDE + 1 + size;
    char *list = malloc(line + sizeof rest);

    assert_non_null(list);
    memcpy(list, WIDE " *", sizeof WIDE + 1);
    memset(list + sizeof WIDE + 1, 'a', size);
    memcpy(list + line, rest, sizeof rest);
    FILE *file = tmpfile();
    assert_int_equal(fwrite(list, 1, line + sizeof rest - 1, file), line + sizeof rest - 1);
    rewind(file);
    free(list);

    struct checklist *reader = checklist_new(fileno(file), false);
    struct list_entry entry;
    const char *name = NULL;
    char log[LOG_SIZE];
    const enum list_event event = checklist_next(reader, &entry, &name);
    assert_int_equal(event, *expected == '!' ? LIST_BAD_LINE : LIST_ENTRY);
    if (event == LIST_ENTRY)
        assert_int_equal(strspn(name, "a"), size);
    read_all(reader, log);
    assert_string_equal(log, "2W<b>");
    fclose(file);
}

static void long_lines(void **state)
{
    const size_t most = RECORD_MAX - sizeof WIDE - 1;
    const size_t sizes[] = {1, 65000, 65535 - sizeof WIDE, 65536, 200000, most - 1, most};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        assert_long(sizes[i], "");
    assert_long(most + 1, "!");
    assert_long(2 * RECORD_MAX, "!");
    assert_long(5 * RECORD_MAX, "!");
}

/* Whatever the bytes are, every record is told once, and nothing is read outside of them (see the sanitizers). */
static void any_bytes(void **state)
{
    static const char *const pieces[] = {
        WIDE,   NARROW,       DATA,   " *", "  ",           "\n",        "\r\n",
        "\\",   "ISCC-SUM (", ") = ", "a",  "\\n",          "\t",        "\xff",
        "{",    "}",          "\"",   "#",  "\xef\xbb\xbf", ")",         "=",
        "ISCC", ":",          ",",    "[",  "\"path\":",    "\"iscc\":", "\"type\":\"file\""};
    uint64_t numbers = random_seed();
    char list[2048];

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct list_entry entry;
        const char *name = NULL;
        uint64_t last = 0;
        int ends[2];

        list[0] = '\0';
        for (size_t count = random_below(&numbers, 24); count > 0; count--)
            strcat(list, pieces[random_below(&numbers, sizeof pieces / sizeof pieces[0])]);
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], list, strlen(list)), strlen(list));
        close(ends[1]);
        struct checklist *reader = checklist_new(ends[0], random_below(&numbers, 8) == 0);
        for (enum list_event event; (event = checklist_next(reader, &entry, &name)) != LIST_END; last = entry.line) {
            assert_true(entry.line > last);
            assert_true(event == LIST_BAD_LINE || (strlen(name) == entry.name_size && entry.name_size > 0));
        }
        checklist_free(reader);
        close(ends[0]);
    }
}

static void unreadable(void **state)
{
    struct list_entry entry;
    const char *name = NULL;

    (void)state;
    struct checklist *list = checklist_new(-1, false);
    assert_int_equal(checklist_next(list, &entry, &name), LIST_END);
    assert_true(checklist_failure(list) > 0);
    checklist_free(list);
    checklist_free(NULL);
}

/* Who asks for comments is given them where they stand. */
static void comments(void **state)
{
    static const char text[] = "\xef\xbb\xbf# top\r\n \t\n" WIDE " *a\n#b\0c\n\n" WIDE " *d\n#end";
    static const struct {
        enum list_event event;
        unsigned line;
        const char *text;
        size_t size;
    } expected[] = {
        {LIST_COMMENT, 1, "# top", 5}, {LIST_COMMENT, 2, " \t", 2}, {LIST_ENTRY, 3, "a", 1},
        {LIST_COMMENT, 4, "#b\0c", 4}, {LIST_COMMENT, 5, "", 0},    {LIST_ENTRY, 6, "d", 1},
        {LIST_COMMENT, 7, "#end", 4},
    };
    struct list_entry entry;
    const char *name = NULL;
    FILE *file = tmpfile();

    (void)state;
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, sizeof text - 1, file), sizeof text - 1);
    rewind(file);
    struct checklist *list = checklist_new(fileno(file), false);
    assert_non_null(list);
    checklist_tell_comments(list);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_int_equal(checklist_next(list, &entry, &name), expected[i].event);
        assert_int_equal(entry.line, expected[i].line);
        assert_int_equal(entry.name_size, expected[i].size);
        assert_memory_equal(name, expected[i].text, expected[i].size);
    }
    assert_int_equal(checklist_next(list, &entry, &name), LIST_END);
    assert_int_equal(checklist_failure(list), 0);
    checklist_free(list);
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records),       cmocka_unit_test(plain_lines),   cmocka_unit_test(lines_with_distance),
        cmocka_unit_test(tagged_lines),  cmocka_unit_test(codes),         cmocka_unit_test(escapes),
        cmocka_unit_test(units),         cmocka_unit_test(nul_ended),     cmocka_unit_test(objects),
        cmocka_unit_test(encoded_names), cmocka_unit_test(large_objects), cmocka_unit_test(bad_objects),
        cmocka_unit_test(long_lines),    cmocka_unit_test(any_bytes),     cmocka_unit_test(unreadable),
        cmocka_unit_test(comments),
    };
    return cmocka_run_group_tests_name("checklist", tests, NULL, NULL);
}
