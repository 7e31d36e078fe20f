/* SPDX-License-Identifier: Apache-2.0 */
/* Options anywhere among operands, in every spelling, and the messages for invalid ones. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "options/options.h"
#include "options/threshold.h"
#include "support/capture.h"
#include "support/unit.h"

enum { WORDS = 12, LOG_SIZE = 256 };

struct log {
    char text[LOG_SIZE];
};

/* Logs each option that is set as "z" or "n=4", followed by a blank. Rejects the value "rejected". */
static bool note(void *context, const struct option_spec *option, const char *value, const char *command)
{
    char *log = context;
    const size_t size = strlen(log);

    assert_string_equal(command, "demo");
    if (option->letter != 0)
        snprintf(log + size, LOG_SIZE - size, "%c%s%s ", option->letter, value == NULL ? "" : "=",
                 value == NULL ? "" : value);
    else
        snprintf(log + size, LOG_SIZE - size, "%s%s%s ", option->name, value == NULL ? "" : "=",
                 value == NULL ? "" : value);
    return value == NULL || strcmp(value, "rejected") != 0;
}

static const struct option_spec table[] = {
    OPTIONS_HEADING("Letters:"),
    {'z', "zero", NULL, "", CALLS(struct log, text, note, 0)},
    {'q', "quiet", NULL, "", CALLS(struct log, text, note, 0)},
    {'n', "number", "N", "", CALLS(struct log, text, note, 0)},
    OPTIONS_HEADING("Names:"),
    {0, "tree", NULL, "", CALLS(struct log, text, note, 0)},
    {0, "from", "FILE", "", CALLS(struct log, text, note, 0)},
    OPTIONS_COMMON,
};

static const struct command demo = {.name = "demo", .synopsis = "", .summary = "", .about = "", .options = table};

/* Parses a line of words. The log has the options set, then the operands, each in angle brackets. */
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
    const bool goes_on = invocation_parse(&invocation, log);
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
    assert_parsed("--from - a", "from=- <a>");
    assert_parsed("--from=a=b", "from=a=b ");
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
    assert_refused("--numbe 4", "unrecognized option '--numbe'; did you mean '--number'?"); /* no abbreviations */
    assert_refused("--numbers=4", "unrecognized option '--numbers'; did you mean '--number'?");
    assert_refused("--=4", "unrecognized option '--'");
    assert_refused("-x", "invalid option -- 'x'");
    assert_refused("-zx", "invalid option -- 'x'");
    assert_refused("-z-", "invalid option -- '-'");
    assert_refused("---zero", "unrecognized option '---zero'; did you mean '--zero'?");
}

static void missing_and_needless_values(void **state)
{
    (void)state;
    assert_refused("a -n", "option requires an argument -- 'n'");
    assert_refused("a --number", "option '--number' requires an argument");
    assert_refused("--zero=1", "option '--zero' doesn't allow an argument");
    assert_refused("--zero=", "option '--zero' doesn't allow an argument");
}

/* Control bytes in option names and values are escaped in messages. */
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
    assert_false(parse("-z --number=rejected -q", log));
    assert_string_equal(log, "z n=rejected ");
}

/* ---- Rows of several tables ---- */

static void what_the_parser_keeps(void **state)
{
    static const struct option_spec rows[] = {OPTIONS_OUTPUT, OPTIONS_THREADS, OPTIONS_COMMON};
    static const struct command command = {.name = "demo", .options = rows};
    char *words[] = {"-o", "first", "-j3", "--output=second", "--threads", "4", "a"};
    struct invocation invocation = {.command = &command, .arguments = words, .count = 7};

    (void)state;
    assert_true(invocation_parse(&invocation, NULL));
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
    const bool goes_on = invocation_parse(&invocation, NULL);
    assert_captured_errors("iscc: invalid argument '0' for '--threads' (1 to 1024)\n"
                           "Try 'iscc demo --help' for more information.\n");
    assert_false(goes_on);
    assert_int_equal(invocation.threads, 2);
}

/* ---- What rows store ---- */

struct stored {
    bool flag;
    bool is_given;
    enum { NONE, FIRST, SECOND } choice;
    const char *text;
    int count;
    uint64_t number;
    uint64_t size;
    struct threshold threshold;
};

static const struct option_spec typed[] = {
    {'f', "flag", NULL, "", NOT_WITH("--text", SETS_FLAG(struct stored, flag))},
    {0, "second", NULL, "", SETS_VALUE(struct stored, choice, SECOND)},
    {0, "word", "RULE", "", SETS_WORD(struct stored, choice, "none first second")},
    {0, "bare", "RULE", "", BARE_IS("second", SETS_WORD(struct stored, choice, "none first second"))},
    {0, "text", "FILE", "", SETS_STRING(struct stored, text)},
    {0, "count", "N", "", ONLY_WITH("--flag", SETS_INT(struct stored, count, 2, 20))},
    {0, "number", "N", "", NOTES(struct stored, is_given, SETS_NUMBER(struct stored, number, 0, UINT64_MAX))},
    {0, "size", "SIZE", "", ONLY_WITH("here", SETS_SIZE(struct stored, size, 1024, 1024, 3 << 20))},
    OPTIONS_THRESHOLD(struct stored, threshold, "there"),
    OPTIONS_COMMON,
};

static const struct command typed_demo = {.name = "demo", .options = typed, .operands = "here there"};

static bool store(struct stored *stored, const char *line)
{
    static char copy[LOG_SIZE];
    char *words[WORDS];
    struct invocation invocation = {.command = &typed_demo, .arguments = words};

    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " "))
        words[invocation.count++] = word;
    *stored = (struct stored){.choice = FIRST};
    return invocation_parse(&invocation, stored);
}

static void rows_store_what_they_say(void **state)
{
    struct stored stored;

    (void)state;
    assert_true(store(&stored, "--number=18446744073709551615"));
    assert_true(stored.is_given && stored.number == UINT64_MAX && !stored.flag && stored.choice == FIRST);
    assert_true(store(&stored, "-f --second --count 20"));
    assert_true(stored.flag && stored.choice == SECOND && stored.count == 20 && !stored.is_given);
    assert_true(store(&stored, "--second --word none --size 3M --text=-f"));
    assert_true(stored.choice == NONE && stored.size == 3 << 20);
    assert_string_equal(stored.text, "-f");
    assert_true(store(&stored, "--bare none") && stored.choice == SECOND);
    assert_true(store(&stored, "--bare=none") && stored.choice == NONE);
    assert_true(store(&stored, "--threshold 7% there"));
    assert_true(stored.threshold.is_share && stored.threshold.value == 7);
}

static void assert_not_stored(const char *line, const char *expected)
{
    struct stored stored;
    char message[LOG_SIZE];

    capture_errors();
    const bool goes_on = store(&stored, line);
    snprintf(message, sizeof message, "iscc: %s\nTry 'iscc demo --help' for more information.\n", expected);
    assert_captured_errors(message);
    assert_false(goes_on);
}

static void bad_values_have_one_wording(void **state)
{
    (void)state;
    assert_not_stored("--count=1", "invalid argument '1' for '--count' (2 to 20)");
    assert_not_stored("--count=21", "invalid argument '21' for '--count' (2 to 20)");
    assert_not_stored("--number=-1", "invalid argument '-1' for '--number'");
    assert_not_stored("--word=sec", "invalid argument 'sec' for '--word' (one of: none first second)");
    assert_not_stored("--word=", "invalid argument '' for '--word' (one of: none first second)");
    assert_not_stored("--bare=", "invalid argument '' for '--bare' (one of: none first second)");
    assert_not_stored("--size=0", "invalid argument '0' for '--size' (1K to 3M)");
    assert_not_stored("--size=3073", "invalid argument '3073' for '--size' (1K to 3M)");
    assert_not_stored("--size=16E", "invalid argument '16E' for '--size' (1K to 3M)");
    assert_not_stored("--threshold=x", "invalid argument 'x' for '--threshold' (bits from 0 to 256, or 0% to 100%)");
}

static void options_that_do_not_agree(void **state)
{
    (void)state;
    assert_not_stored("--count=2", "the --count option is meaningful only with --flag");
    assert_not_stored("--count=2 -f --text=a", "the --flag option is meaningless with --text");
    assert_not_stored("--threshold=1", "the --threshold option is meaningful only with there");
    assert_not_stored("here --threshold=1", "the --threshold option is meaningful only with there");
    assert_not_stored("--size=1 there", "the --size option is meaningful only with here");
    assert_not_stored("--verbose", "the --verbose option is meaningful only with --version");
}

/* Every row that another row names exists, and every row has a bit in the set of options given. */
static void tables_are_sound(void **state)
{
    (void)state;
    for (const struct command *const *command = commands; *command != NULL; command++) {
        const struct option_spec *const rows = (*command)->options;
        size_t count = 0;
        assert_int_equal(rows[0].kind, OPTION_HEADING);
        for (; rows[count].kind != OPTION_END; count++)
            for (size_t i = 0; i < 2; i++) {
                const char *other = i == 0 ? rows[count].needs : rows[count].not_with;
                const struct option_spec *option = option_from(rows);
                if (other == NULL)
                    continue;
                while (option != NULL && (other[0] != '-' || strcmp(option->name, other + 2) != 0))
                    option = option_from(option + 1);
                assert_true(option != NULL || strstr((*command)->operands, other) != NULL);
            }
        assert_true(count < OPTION_ROWS_MAX);
    }
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

TEST_FILE(options)
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
        cmocka_unit_test(rows_store_what_they_say),
        cmocka_unit_test(bad_values_have_one_wording),
        cmocka_unit_test(options_that_do_not_agree),
        cmocka_unit_test(tables_are_sound),
        cmocka_unit_test(command_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
