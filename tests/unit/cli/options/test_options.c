/* SPDX-License-Identifier: Apache-2.0 */
/* Options anywhere among operands, in every spelling, and the messages for those that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "commands/commands.h"
#include "options/options.h"
#include "support/capture.h"

enum { WORDS = 12, LOG_SIZE = 256 };

static const struct option_spec table[] = {
    {'z', "zero", NULL, ""},
    {'q', "quiet", NULL, ""},
    {'n', "number", "N", ""},
    {OPTION_TREE, "tree", NULL, ""},
    {OPTION_FILES0_FROM, "files0-from", "FILE", ""},
    OPTIONS_COMMON,
};

static const struct command demo = {.name = "demo", .synopsis = "", .summary = "", .about = "", .options = table};

/* Writes down what was set: "z" or "n=4", with a blank behind each. Refuses the value "refused". */
static bool note(void *context, int key, const char *value)
{
    char *log = context;
    char entry[64];

    if (key < 256)
        snprintf(entry, sizeof entry, "%c", key);
    else
        snprintf(entry, sizeof entry, "%s", key == OPTION_TREE ? "tree" : "from");
    strncat(log, entry, LOG_SIZE - strlen(log) - 1);
    if (value != NULL) {
        strncat(log, "=", LOG_SIZE - strlen(log) - 1);
        strncat(log, value, LOG_SIZE - strlen(log) - 1);
    }
    strncat(log, " ", LOG_SIZE - strlen(log) - 1);
    return value == NULL || strcmp(value, "refused") != 0;
}

/* Parses a line of words; the operands are written behind what was set, each in angle brackets. */
static bool parse(const char *line, char log[LOG_SIZE])
{
    static char copy[LOG_SIZE];
    char *words[WORDS];
    int count = 0;

    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " "))
        words[count++] = strcmp(word, "''") == 0 ? word + 2 : word;
    struct invocation invocation = {.command = &demo, .arguments = words, .count = count};
    log[0] = '\0';
    const bool goes_on = invocation_parse(&invocation, note, log);
    for (int i = 0; goes_on && i < invocation.count; i++)
        snprintf(log + strlen(log), LOG_SIZE - strlen(log), "<%s>", invocation.arguments[i]);
    return goes_on;
}

static void assert_parsed(const char *line, const char *expected)
{
    char log[LOG_SIZE];
    if (!parse(line, log) || strcmp(log, expected) != 0)
        fail_msg("%s: %s", line, log);
}

static void assert_refused(const char *line, const char *expected)
{
    char log[LOG_SIZE];
    char message[LOG_SIZE];

    capture_errors();
    const bool goes_on = parse(line, log);
    snprintf(message, sizeof message, "iscc: %s\nTry 'iscc demo --help' for more information.\n", expected);
    assert_captured_errors(message);
    assert_false(goes_on);
}

static void operands(void **state)
{
    (void)state;
    assert_parsed("", "");
    assert_parsed("a b c", "<a><b><c>");
    assert_parsed("- a -", "<-><a><->");
    assert_parsed("a '' b", "<a><><b>");
}

static void options_stand_anywhere(void **state)
{
    (void)state;
    assert_parsed("-z a", "z <a>");
    assert_parsed("a -z b --tree", "z tree <a><b>");
    assert_parsed("a --zero b -q -q", "z q q <a><b>");
}

static void short_options_are_joined(void **state)
{
    (void)state;
    assert_parsed("-zq a", "z q <a>");
    assert_parsed("-zn4 a", "z n=4 <a>");
    assert_parsed("-zn 4 a", "z n=4 <a>");
    assert_parsed("-n4z", "n=4z ");
    assert_parsed("-n=4", "n==4 ");
}

static void values(void **state)
{
    (void)state;
    assert_parsed("--number=4 a", "n=4 <a>");
    assert_parsed("--number 4 a", "n=4 <a>");
    assert_parsed("--number= a", "n= <a>");
    assert_parsed("--number --zero a", "n=--zero <a>");
    assert_parsed("-n -- a", "n=-- <a>");
    assert_parsed("--files0-from - a", "from=- <a>");
    assert_parsed("--files0-from=a=b", "from=a=b ");
}

static void two_dashes_end_the_options(void **state)
{
    (void)state;
    assert_parsed("-- -z --tree", "<-z><--tree>");
    assert_parsed("-z -- -- a", "z <--><a>");
    assert_parsed("a -- -q", "<a><-q>");
    assert_parsed("--", "");
}

static void unknown_options(void **state)
{
    (void)state;
    assert_refused("--nonsense a", "unrecognized option '--nonsense'");
    assert_refused("--nonsense=4", "unrecognized option '--nonsense'");
    assert_refused("--numbe 4", "unrecognized option '--numbe'"); /* no abbreviations */
    assert_refused("--numbers=4", "unrecognized option '--numbers'");
    assert_refused("--=4", "unrecognized option '--'");
    assert_refused("-x", "invalid option -- 'x'");
    assert_refused("-zx", "invalid option -- 'x'");
    assert_refused("-z-", "invalid option -- '-'");
    assert_refused("---zero", "unrecognized option '---zero'");
}

static void missing_and_needless_values(void **state)
{
    (void)state;
    assert_refused("a -n", "option requires an argument -- 'n'");
    assert_refused("a --number", "option '--number' requires an argument");
    assert_refused("--zero=1", "option '--zero' doesn't allow an argument");
    assert_refused("--zero=", "option '--zero' doesn't allow an argument");
}

/* Control bytes in what the user wrote are masked like any other. */
static void messages_are_masked(void **state)
{
    (void)state;
    assert_refused("--a\x1b[2J", "unrecognized option '--a\\033[2J'");
    assert_refused("-\x07", "invalid option -- '\\007'");
    assert_refused("-\xff", "invalid option -- '\\377'");
}

static void a_bad_value_ends_the_parsing(void **state)
{
    char log[LOG_SIZE];

    (void)state;
    assert_false(parse("-z --number=refused -q", log));
    assert_string_equal(log, "z n=refused ");
}

/* ---- Rows of several tables ---- */

static void what_the_parser_keeps(void **state)
{
    static const struct option_spec rows[] = {OPTIONS_OUTPUT, OPTIONS_THREADS, OPTIONS_COMMON};
    static const struct command command = {.name = "demo", .options = rows};
    char *words[] = {"-o", "first", "-j3", "--output=second", "--threads", "4", "a"};
    struct invocation invocation = {.command = &command, .arguments = words, .count = 7};

    (void)state;
    assert_true(invocation_parse(&invocation, NULL, NULL));
    assert_string_equal(invocation.output, "second");
    assert_int_equal(invocation.threads, 4);
    assert_int_equal(invocation.count, 1);
    assert_string_equal(words[0], "a");
}

static void a_number_of_threads_that_is_none(void **state)
{
    static const struct option_spec rows[] = {OPTIONS_THREADS, OPTIONS_COMMON};
    static const struct command command = {.name = "demo", .options = rows};
    char *words[] = {"-j", "0", "-j4"};
    struct invocation invocation = {.command = &command, .arguments = words, .count = 3, .threads = 2};

    (void)state;
    capture_errors();
    const bool goes_on = invocation_parse(&invocation, NULL, NULL);
    assert_captured_errors("iscc: invalid number of threads: '0' (1 to 1024)\n"
                           "Try 'iscc demo --help' for more information.\n");
    assert_false(goes_on);
    assert_int_equal(invocation.threads, 2);
}

/* ---- The command word ---- */

static void assert_command(const char *line, const char *name, bool implied, const char *rest)
{
    static char copy[LOG_SIZE];
    char *words[WORDS];
    char joined[LOG_SIZE] = "";
    int count = 0;

    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " "))
        words[count++] = word;
    struct invocation invocation = invocation_make(commands, words, count);
    for (int i = 0; i < invocation.count; i++)
        snprintf(joined + strlen(joined), LOG_SIZE - strlen(joined), "%s%s", i > 0 ? " " : "", invocation.arguments[i]);
    assert_string_equal(invocation.command->name, name);
    assert_int_equal(invocation.implied, implied);
    assert_string_equal(joined, rest);
}

static void command_words(void **state)
{
    (void)state;
    assert_command("", "sum", true, "");
    assert_command("file", "sum", true, "file");
    assert_command("sum", "sum", false, "");
    assert_command("walk dir", "walk", false, "dir");
    assert_command("sum walk", "sum", false, "walk");
    assert_command("file walk", "sum", true, "file walk"); /* only the first operand can be a command */
    assert_command("./sum", "sum", true, "./sum");
    assert_command("--json walk dir", "walk", false, "--json dir");
    assert_command("-z walk dir", "walk", false, "-z dir");
    assert_command("-o walk sum dir", "sum", false, "-o walk dir"); /* a value is no operand */
    assert_command("--output=walk dir", "sum", true, "--output=walk dir");
    assert_command("- walk", "sum", true, "- walk");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operands),
        cmocka_unit_test(options_stand_anywhere),
        cmocka_unit_test(short_options_are_joined),
        cmocka_unit_test(values),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(unknown_options),
        cmocka_unit_test(missing_and_needless_values),
        cmocka_unit_test(messages_are_masked),
        cmocka_unit_test(a_bad_value_ends_the_parsing),
        cmocka_unit_test(what_the_parser_keeps),
        cmocka_unit_test(a_number_of_threads_that_is_none),
        cmocka_unit_test(command_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
