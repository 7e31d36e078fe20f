/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar of checksum lists, line by line: R1 to R9 of docs/check-rules.md; test_list_json.c has objects. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "list_log.h"
#include "lists/list_reader.h"
#include "lists/record_reader.h"
#include "support/random.h"
#include "support/unit.h"

static void records(void **state)
{
    static const struct list_example examples[] = {
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
        WIDE " *a\n" WIDE " *b\0c\n\0\n" WIDE " *d\n{\"type\":\"file\",\"path\":\"e\0\",\"iscc\":\"" WIDE
             "\"}\n{\"type\":\"file\",\"path\":\"f\",\"iscc\":\"" WIDE "\"}\0more";

    (void)state;
    ASSERT_EXAMPLES(examples, false);
    assert_list(with_nul, sizeof with_nul - 1, false, "1W<a>2!3!4W<d>5!6!");
}

static void plain_lines(void **state)
{
    static const struct list_example examples[] = {
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
    static const struct list_example examples[] = {
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
    static const struct list_example examples[] = {
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
    static const struct list_example examples[] = {
        {"iscc:k4abtigsqpbax75yjfuxvehpuihgwkekq2tz6ifd23om3stxco7k5ui *a", "1W<a>"},
        {"Iscc:kuabTIGSQPBAX75YFCFINJ47ECR5M *a", "1N<a>"},
        {"K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UI *a", "1!"},
        {"ISCC:K4AB-TIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UI *a", "1?<a>"},
        {"ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UJ *a", "1?<a>"}, /* a bit behind the body */
        {"ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5U *a", "1?<a>"},
        {WIDE "A *a", "1?<a>"},
        {WIDE "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA *a", "1?<a>"},
        {"ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K501 *a", "1?<a>"},
        {"ISCC: *a", "1!"},
        {DATA " *a", "1?<a>"},
        {INSTANCE " *a", "1?<a>"},
        {"ISCC:KACT4EBWK27737D2AYCJRAL5Z36G76RFRMO4554RU26HZ4ORJGIVHDI *a", "1?<a>"}, /* it contains other units */
        {"iscc:x *a\n" WIDE " *b", "1?<a>2W<b>"},
        {"  ~08 ISCC:K4AB  a", "1?<a>"},
        {"\\ISCC:K4AB *a\\nb", "1?<a\nb>"},
        {"\\ISCC:K4AB *a\\tb", "1!"},
        {"ISCC:K4AB *", "1!"},
        {"ISCC:K4AB a", "1!"},
        {"ISCC:K4AB", "1!"},
        {"ISCD:K4AB *a", "1!"},
        {"ISCC-SUM (a) = ISCC:K4AB", "1?g<a>"},
        {"ISCC (a) = " DATA, "1?g<a>"},
        {"\\ISCC (a\\n) = iscc:?", "1?g<a\n>"},
        {"ISCC-SUM (a) = ISCC:K4AB ", "1!"},
        {"ISCC-SUM (a) = ISCC: K4AB", "1!"},
        {"ISCC-SUM (a) = ISCC:", "1!"},
        {"ISCC-SUM (a) = K4AB", "1!"},
        {"ISCC-SUM () = ISCC:K4AB", "1!"},
        {"ISCC:K4AB *a\n  " DATA "\n  " INSTANCE "\n" WIDE " *b", "1?<a>4W<b>"},
        {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 *a", "1!"},
    };

    (void)state;
    ASSERT_EXAMPLES(examples, false);
}

static void escapes(void **state)
{
    static const struct list_example examples[] = {
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
    static const struct list_example examples[] = {
        {WIDE " *a\n  " DATA "\n  " INSTANCE "\n" NARROW " *b\n  " DATA "\n  " INSTANCE "\n", "1Wdi<a>4Ndi<b>"},
        {"ISCC (a) = " WIDE "\r\n  " INSTANCE "\r\n  " DATA, "1Wgdi<a>"},
        {WIDE " *a\n  " DATA "\n" WIDE " *b\n  " INSTANCE, "1Wd<a>3Wi<b>"},
        {WIDE " *a\n  " DATA "\n  " DATA "\n", "1Wd<a>3!"},
        {WIDE " *a\n  " DATA "\n  " INSTANCE "\n  " TEXT "\n" WIDE " *b\n  " TEXT, "1Wdix<a>5Wx<b>"},
        {WIDE " *a\n  " TEXT "\n  " TEXT "\n  " TEXT_ISCC, "1Wx<a>3!4!"},
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

    struct list_reader *reader = list_reader_new(fileno(file), false);
    struct list_entry line_read;
    const enum list_event event = list_reader_next(reader, &line_read);
    assert_int_equal(event, *expected == '!' ? LIST_BAD_LINE : LIST_ENTRY);
    if (event == LIST_ENTRY)
        assert_int_equal(strspn(line_read.file.name, "a"), size);
    assert_rest(reader, "2W<b>");
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

/* Whatever the bytes are, every record is returned once, and nothing is read outside of them (see the sanitizers). */
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
    for (int round = 0; round < 4000; round++) {
        struct list_entry line;
        uint64_t last = 0;
        int ends[2];

        list[0] = '\0';
        for (size_t count = random_below(&numbers, 24); count > 0; count--)
            strcat(list, pieces[random_below(&numbers, sizeof pieces / sizeof pieces[0])]);
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], list, strlen(list)), strlen(list));
        close(ends[1]);
        struct list_reader *reader = list_reader_new(ends[0], random_below(&numbers, 8) == 0);
        for (enum list_event event; (event = list_reader_next(reader, &line)) != LIST_END; last = line.file.line) {
            assert_true(line.file.line > last);
            assert_true(event == LIST_BAD_LINE || (strlen(line.file.name) == line.file.name_size &&
                                                   (line.file.name_size > 0 || line.file.failure != 0)));
        }
        list_reader_free(reader);
        close(ends[0]);
    }
}

static void unreadable(void **state)
{
    struct list_entry line;

    (void)state;
    struct list_reader *list = list_reader_new(-1, false);
    assert_int_equal(list_reader_next(list, &line), LIST_END);
    assert_true(list_reader_failure(list) > 0);
    list_reader_free(list);
    list_reader_free(NULL);
}

/* Comments are reported in order, if asked for. */
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
    struct list_entry line;
    FILE *file = tmpfile();

    (void)state;
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, sizeof text - 1, file), sizeof text - 1);
    rewind(file);
    struct list_reader *list = list_reader_new(fileno(file), false);
    assert_non_null(list);
    list_reader_keep_comments(list);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_int_equal(list_reader_next(list, &line), expected[i].event);
        assert_int_equal(line.file.line, expected[i].line);
        assert_int_equal(line.file.name_size, expected[i].size);
        assert_memory_equal(line.file.name, expected[i].text, expected[i].size);
    }
    assert_int_equal(list_reader_next(list, &line), LIST_END);
    assert_int_equal(list_reader_failure(list), 0);
    list_reader_free(list);
    fclose(file);
}

TEST_FILE(list_reader)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records),      cmocka_unit_test(plain_lines), cmocka_unit_test(lines_with_distance),
        cmocka_unit_test(tagged_lines), cmocka_unit_test(codes),       cmocka_unit_test(escapes),
        cmocka_unit_test(units),        cmocka_unit_test(nul_ended),   cmocka_unit_test(long_lines),
        cmocka_unit_test(any_bytes),    cmocka_unit_test(unreadable),  cmocka_unit_test(comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
