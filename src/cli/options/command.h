/* SPDX-License-Identifier: Apache-2.0 */
/* A command, its option table, which the parser, the help and the completions read, and one invocation of it. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/threads.h"

/* The kind of a row. For an option: the type of the member it is stored in, and what is stored there. */
enum option_kind {
    OPTION_END,       /* ends a table */
    OPTION_HEADING,   /* not an option: a heading in --help */
    OPTION_FLAG,      /* bool: true */
    OPTION_VALUE,     /* unsigned, or an enum: the row's value */
    OPTION_WORD,      /* unsigned, or an enum: the index of the word among the row's words */
    OPTION_STRING,    /* const char * */
    OPTION_INT,       /* int: a number in the row's range */
    OPTION_NUMBER,    /* uint64_t: the same */
    OPTION_SIZE,      /* uint64_t: bytes, in the row's range */
    OPTION_THRESHOLD, /* struct threshold */
    OPTION_CALL,      /* any type: the row's function stores the value */
    OPTION_PRINTS_HELP,
    OPTION_PRINTS_VERSION
};

/* Rows initialize the first members by position, so their order matters more than padding.
 * NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding) */
struct option_spec {
    char letter; /* the short option, or 0 */
    const char *name;
    const char *value_name; /* NULL if it takes no value */
    const char *help;       /* wrapped when printed */
    enum option_kind kind;
    bool is_of_invocation; /* store in struct invocation, not in the command's settings */
    size_t offset;         /* of the member */
    size_t given;          /* offset of a bool that is set if the option is given, or 0 */
    unsigned value;
    const char *words; /* separated by blanks */
    const char *bare;  /* the value of an option without one, which then follows only after `=`; or NULL */
    uint64_t minimum;
    uint64_t maximum;
    uint64_t unit; /* of a size without a suffix */
    /* Returns false after a message, which needs the name of the `command`. */
    bool (*call)(void *member, const struct option_spec *option, const char *value, const char *command);
    const char *needs;    /* required with it: `--option`, or a word that must be the first operand; or NULL */
    const char *not_with; /* not allowed with it, in the same form */
    bool leaves_results;  /* does not change what is printed, like all options of the invocation */
    bool names_input;     /* the value is a file that the command reads, or `-` for standard input */
};

/* Whether the argument after the option is its value. */
bool option_takes_argument(const struct option_spec *option);

/* The first option at or after this row; NULL at the end of the table. */
const struct option_spec *option_from(const struct option_spec *row);

/* The offset of the member in which an option stores its value. Does not compile if the member has another type. */
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

/* These wrap one of the macros above: they also set a bool, require or forbid another option or operand, store the
 * value in the invocation, say that it names an input or does not change what is printed, or make it optional. */
#define NOTES(settings, member, ...) __VA_ARGS__, .given = OPTION_AT(settings, member, bool)
#define ONLY_WITH(what, ...) __VA_ARGS__, .needs = (what)
#define NOT_WITH(what, ...) __VA_ARGS__, .not_with = (what)
#define IN_INVOCATION(...) __VA_ARGS__, .is_of_invocation = true
#define LEAVES_RESULTS(...) __VA_ARGS__, .leaves_results = true
#define NAMES_INPUT(...) __VA_ARGS__, .names_input = true
#define BARE_IS(default, ...) __VA_ARGS__, .bare = (default)

/* Rows that several tables share. The sandbox allows writing to the file of -o. */
#define OPTIONS_HEADING(text)                                                                                          \
    {                                                                                                                  \
        .kind = OPTION_HEADING, .help = (text)                                                                         \
    }
#define OPTIONS_OUTPUT                                                                                                 \
    {                                                                                                                  \
        'o', "output", "FILE",                                                                                         \
            "write to FILE, which is replaced as a whole when everything is done; - is standard output",               \
            IN_INVOCATION(SETS_STRING(struct invocation, output))                                                      \
    }
#define OPTIONS_THREADS                                                                                                \
    {                                                                                                                  \
        'j', "threads", "N", "use N threads; the default is one for each processor, or 16 where storage is slow",      \
            IN_INVOCATION(SETS_INT(struct invocation, threads, 1, THREADS_MAX))                                        \
    }

/* Of every command that hashes. --stats is for standard error, so it is an object only with --json. */
#define OPTIONS_PROGRESS                                                                                               \
    {0, "progress", "WHEN",                                                                                            \
     "show how far the run is: auto, on a terminal and after a second, always (without WHEN) or never; SIGUSR1 shows " \
     "it once",                                                                                                        \
     BARE_IS("always", IN_INVOCATION(SETS_WORD(struct invocation, progress, "auto always never")))},                   \
    {                                                                                                                  \
        0, "stats", NULL, "print at the end, on standard error, what was read and how long it took",                   \
            IN_INVOCATION(SETS_FLAG(struct invocation, prints_stats))                                                  \
    }

/* Of every command. */
#define OPTIONS_ALWAYS                                                                                                 \
    {0, "no-sandbox", NULL, "keep the rights that the program would otherwise give up",                                \
     IN_INVOCATION(SETS_FLAG(struct invocation, no_sandbox))},                                                         \
        {'h', "help", NULL, "print this help and exit", .kind = OPTION_PRINTS_HELP},                                   \
    {                                                                                                                  \
        'V', "version", NULL, "print the version and exit", .kind = OPTION_PRINTS_VERSION                              \
    }
#define OPTION_VERBOSE(when, ...)                                                                                      \
    {                                                                                                                  \
        0, "verbose", NULL, when "also print details of the build and of this machine", __VA_ARGS__                    \
    }
#define OPTIONS_END                                                                                                    \
    {                                                                                                                  \
        .kind = OPTION_END                                                                                             \
    }

/* The last rows of every table but that of `iscc version`. */
#define OPTIONS_COMMON                                                                                                 \
    OPTIONS_ALWAYS,                                                                                                    \
        OPTION_VERBOSE("with --version: ",                                                                             \
                       ONLY_WITH("--version", IN_INVOCATION(SETS_FLAG(struct invocation, is_verbose)))),               \
        OPTIONS_END

struct command_text;
struct invocation;

struct command {
    const char *name;
    const char *synopsis; /* what follows the name in the usage line */
    const char *summary;  /* for the list of commands */
    const char *about;    /* a paragraph of the help; wrapped when printed */
    const char *examples; /* for the help; separated by newlines */
    const struct option_spec *options;
    const char *operands;  /* the words allowed as operands, the default first; NULL if operands are file names */
    bool replaces_operand; /* the first operand is a file that the command replaces */
    void (*run)(struct invocation *invocation); /* reports each failure, which raises the exit status */
};

/* Including the last row. */
enum { OPTION_ROWS_MAX = 64 };

/* A command and its arguments. */
struct invocation {
    const struct command *const *commands; /* NULL-terminated; the first one is the default */
    const struct command *command;
    bool implied;          /* no command was named, so the default is used */
    bool names_no_command; /* because the first operand follows `--` */
    char **arguments;
    int count;
    bool is_sandboxed;   /* enter the sandbox (sandbox.h) after parsing the options, unless --no-sandbox is given */
    bool is_distributed; /* the processes that a launcher has started are one run */
    bool no_sandbox;
    bool is_verbose;
    const char *output; /* the value of -o; NULL: standard output */
    unsigned progress;  /* a PROGRESS_ value (progress.h) */
    bool prints_stats;
    int threads;
    /* If not NULL, called once the options are known, before the sandbox is entered. Returns false after a message. */
    bool (*prepare)(const struct invocation *invocation, void *settings);
    struct command_text *text;   /* if not NULL, gets the options that decide what is printed */
    bool given[OPTION_ROWS_MAX]; /* by row of the command's table */
};

#endif
