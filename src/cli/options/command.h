/* SPDX-License-Identifier: Apache-2.0 */
/* A command: its table of options, from which parser, help and completions are made, and one run of it. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a row is; of an option, what it stores and the type of the member that it goes to. */
enum option_kind {
    OPTION_END,       /* ends a table */
    OPTION_HEADING,   /* no option: the heading in --help of the rows below it */
    OPTION_FLAG,      /* bool: true */
    OPTION_VALUE,     /* unsigned, or an enum: the row's value */
    OPTION_WORD,      /* unsigned, or an enum: the number of the word among the row's words */
    OPTION_STRING,    /* const char * */
    OPTION_INT,       /* int: a number of the row's range */
    OPTION_NUMBER,    /* uint64_t: the same */
    OPTION_SIZE,      /* uint64_t: bytes, in the row's range */
    OPTION_THRESHOLD, /* struct threshold */
    OPTION_CALL,      /* any type: the row's function stores the value */
    OPTION_PRINTS_HELP,
    OPTION_PRINTS_VERSION
};

/* The members that rows name in this order come first, whatever padding that costs.
 * NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding) */
struct option_spec {
    char letter; /* the short option, or 0 */
    const char *name;
    const char *value_name; /* NULL: takes no value */
    const char *help;       /* wrapped when printed */
    enum option_kind kind;
    bool is_of_invocation; /* the member is one of struct invocation, not of the command's settings */
    size_t offset;         /* of the member */
    size_t given;          /* offset of a bool that becomes true as well; 0: there is none */
    unsigned value;
    const char *words; /* with a blank between */
    uint64_t minimum;
    uint64_t maximum;
    uint64_t unit; /* of a size without a suffix */
    /* False after a message, for which `command` is the name of the command. */
    bool (*call)(void *member, const struct option_spec *option, const char *value, const char *command);
    const char *needs;    /* what must be given as well: `--option`, or the word that is the first operand; or NULL */
    const char *not_with; /* what must not be given */
};

/* Where an option's value goes: a member of the command's settings, which must have the type that is stored. */
#define OPTION_AT(settings, member, type) _Generic(&((settings *)NULL)->member, type * : offsetof(settings, member))

#define SETS_FLAG(settings, member) .kind = OPTION_FLAG, .offset = OPTION_AT(settings, member, bool)
#define SETS_VALUE(settings, member, number)                                                                           \
    .kind = OPTION_VALUE, .offset = OPTION_AT(settings, member, unsigned), .value = (number)
#define SETS_WORD(settings, member, choice)                                                                            \
    .kind = OPTION_WORD, .offset = OPTION_AT(settings, member, unsigned), .words = (choice)
#define SETS_STRING(settings, member) .kind = OPTION_STRING, .offset = OPTION_AT(settings, member, const char *)
#define SETS_INT(settings, member, least, most)                                                                        \
    .kind = OPTION_INT, .offset = OPTION_AT(settings, member, int), .minimum = (least), .maximum = (most)
#define SETS_NUMBER(settings, member, least, most)                                                                     \
    .kind = OPTION_NUMBER, .offset = OPTION_AT(settings, member, uint64_t), .minimum = (least), .maximum = (most)
#define SETS_SIZE(settings, member, bytes, least, most)                                                                \
    .kind = OPTION_SIZE, .offset = OPTION_AT(settings, member, uint64_t), .unit = (bytes), .minimum = (least),         \
    .maximum = (most)
#define SETS_THRESHOLD(settings, member)                                                                               \
    .kind = OPTION_THRESHOLD, .offset = OPTION_AT(settings, member, struct threshold)
#define CALLS(settings, member, function, number)                                                                      \
    .kind = OPTION_CALL, .offset = offsetof(settings, member), .call = (function), .value = (number)

/* Around one of these: what else becomes true, and which options or operands must or must not be there besides. */
#define NOTES(settings, member, ...) __VA_ARGS__, .given = OPTION_AT(settings, member, bool)
#define ONLY_WITH(what, ...) __VA_ARGS__, .needs = (what)
#define NOT_WITH(what, ...) __VA_ARGS__, .not_with = (what)
#define IN_INVOCATION(...) __VA_ARGS__, .is_of_invocation = true

enum { THREADS_MAX = 1024 };

/* Rows that several tables have. That of -o is where the sandbox lets the program write. */
#define OPTIONS_HEADING(text)                                                                                          \
    {                                                                                                                  \
        .kind = OPTION_HEADING, .help = (text)                                                                         \
    }
#define OPTIONS_OUTPUT                                                                                                 \
    {                                                                                                                  \
        'o', "output", "FILE", "write to FILE, which is replaced as a whole when everything is done",                  \
            IN_INVOCATION(SETS_STRING(struct invocation, output))                                                      \
    }
#define OPTIONS_THREADS                                                                                                \
    {                                                                                                                  \
        'j', "threads", "N", "use N threads; the default is one for each processor",                                   \
            IN_INVOCATION(SETS_INT(struct invocation, threads, 1, THREADS_MAX))                                        \
    }

/* The last rows of every table. */
#define OPTIONS_COMMON                                                                                                 \
    {0, "no-sandbox", NULL, "keep rights that the program does not need",                                              \
     IN_INVOCATION(SETS_FLAG(struct invocation, no_sandbox))},                                                         \
        {0, "help", NULL, "print this help and exit", .kind = OPTION_PRINTS_HELP},                                     \
        {0, "version", NULL, "print the version and exit", .kind = OPTION_PRINTS_VERSION},                             \
        {0, "verbose", NULL, "with --version: also print details of the build and of this machine",                    \
         ONLY_WITH("--version", IN_INVOCATION(SETS_FLAG(struct invocation, is_verbose)))},                             \
    {                                                                                                                  \
        .kind = OPTION_END                                                                                             \
    }

struct invocation;

struct command {
    const char *name;
    const char *synopsis; /* what follows the name in the usage line */
    const char *summary;  /* a line in the list of commands */
    const char *about;    /* a paragraph of the help; wrapped when printed */
    const struct option_spec *options;
    const char *operands;  /* the words that stand for operands, the default first; NULL: names of files */
    bool replaces_operand; /* the first one is a file that it writes */
    void (*run)(struct invocation *invocation); /* whatever fails raises the exit status by a message */
};

/* A table has fewer rows. */
enum { OPTION_ROWS_MAX = 64 };

/* A command and its arguments. */
struct invocation {
    const struct command *const *commands; /* every command, ended by NULL; the first one is the default */
    const struct command *command;
    bool implied; /* no command word was given: the command is the default one */
    char **arguments;
    int count;
    bool is_sandboxed; /* enter the sandbox (sandbox.h) when the options are known, unless the user says no */
    bool no_sandbox;
    bool is_verbose;
    const char *output; /* the value of -o, or NULL */
    int threads;
    bool given[OPTION_ROWS_MAX]; /* which rows of the command's table */
};

#endif
