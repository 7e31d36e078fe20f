/* SPDX-License-Identifier: Apache-2.0 */
/* The comment of a list without lines: every form can be written and read again, and nothing else is one. */
#include <iscc/iscc.h>
#include <string.h>
#include <unistd.h>

#include "format/form_comment.h"
#include "output/output.h"
#include "support/capture.h"
#include "support/unit.h"

enum { TEXT_SIZE = 128 };

/* Writes a comment and returns its text without the terminator. */
static void write_comment(const struct format *format, unsigned flags, char text[TEXT_SIZE])
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    capture_begin(STDOUT_FILENO, ends[1]);
    struct output *output = output_open(NULL, format_terminator(format));
    form_comment_write(output, format, flags);
    output_finish(output);
    capture_end(STDOUT_FILENO);
    const ssize_t size = read(ends[0], text, TEXT_SIZE);
    assert_true(size > 0 && text[size - 1] == format_terminator(format));
    text[size - 1] = '\0';
    close(ends[0]);
}

static void every_form(void **state)
{
    char text[TEXT_SIZE];

    (void)state;
    for (unsigned bits = 0; bits < 128; bits++) {
        const struct format format = {.json = bits & 1,
                                      .stat = (bits & 2) != 0,
                                      .tag = (bits & 4) != 0,
                                      .units = (bits & 8) != 0,
                                      .zero = (bits & 16) != 0,
                                      .text = (bits & 64) != 0};
        const unsigned flags = bits & 32 ? ISCC_NARROW : ISCC_WIDE;
        struct format read = {.json = !format.json, .tag = !format.tag, .zero = format.zero};
        unsigned read_flags = 99;

        write_comment(&format, flags, text);
        assert_true(form_comment_read(text, strlen(text), &read, &read_flags));
        assert_int_equal(read_flags, flags);
        assert_true(read.json == format.json && read.stat == format.stat && read.tag == format.tag &&
                    read.units == format.units && read.text == format.text && read.zero == format.zero);
    }
    write_comment(&(struct format){.json = true, .stat = true, .units = true, .text = true}, ISCC_NARROW, text);
    assert_string_equal(text, "# iscc sum --json --stat --units --text --narrow");
    write_comment(&(struct format){.json = false}, ISCC_WIDE, text);
    assert_string_equal(text, "# iscc sum");
}

static void other_comments(void **state)
{
    static const char *const others[] = {
        "",
        "#",
        "# iscc",
        "#iscc sum",
        "# iscc summary",
        "# iscc sum ",
        "# iscc sum d",
        "# iscc sum --json d",
        "# iscc sum --jsonl",
        "# iscc sum --json  --stat",
        "# iscc sum --stat --json",
        "# iscc sum --json --json",
        "# iscc sum -z",
        " # iscc sum",
    };
    struct format format = {.tag = true};
    unsigned flags = 99;

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(form_comment_read(others[i], strlen(others[i]), &format, &flags));
    assert_false(form_comment_read("# iscc sum\0", sizeof "# iscc sum\0" - 1, &format, &flags));
    assert_true(format.tag && flags == 99);
}

TEST_FILE(form_comment)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form),
        cmocka_unit_test(other_comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
