/* SPDX-License-Identifier: Apache-2.0 */
/* A command: its table of options, from which parser, help and completions are made, and one run of it. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>

struct option_spec {
    int key; /* the short option's letter, or a number above 255 where there is none; 0 ends a table */
    const char *long_name;
    const char *value_name; /* NULL: takes no value */
    const char *help;       /* wrapped when printed */
};

/* Keys of options that have no short form. */
enum {
    OPTION_JSON = 256,
    OPTION_TAG,
    OPTION_NARROW,
    OPTION_UNITS,
    OPTION_STAT,
    OPTION_TREE,
    OPTION_FILES0_FROM,
    OPTION_SIZE,
    OPTION_ROUNDS,
    OPTION_CODES,
    OPTION_FULL,
    OPTION_WIDE,
    OPTION_THRESHOLD,
    OPTION_STATUS,
    OPTION_STRICT,
    OPTION_BASE,
    OPTION_STRICT_TREE,
    OPTION_IGNORE_MISSING,
    OPTION_EXCLUDE,
    OPTION_INCLUDE,
    OPTION_EXCLUDE_FROM,
    OPTION_NO_IGNORE,
    OPTION_MAX_DEPTH,
    OPTION_ONE_FILE_SYSTEM,
    OPTION_MIN_SIZE,
    OPTION_MAX_SIZE,
    OPTION_RECHECK,
    OPTION_NO_SANDBOX,
    OPTION_VERBOSE,
    OPTION_GROUP,
    OPTION_ALL,
    OPTION_NEAR,
    OPTION_LIMIT,
    OPTION_DOT,
    OPTION_HELP,
    OPTION_VERSION
};

/* Rows that several tables have, whose values the parser keeps. That of -o is where the sandbox lets the program write.
 */
#define OPTIONS_OUTPUT                                                                                                 \
    {                                                                                                                  \
        'o', "output", "FILE", "write to FILE, which is replaced as a whole when everything is done"                   \
    }
#define OPTIONS_THREADS                                                                                                \
    {                                                                                                                  \
        'j', "threads", "N", "use N threads; the default is one for each processor"                                    \
    }

/* The last rows of every table. */
#define OPTIONS_COMMON                                                                                                 \
    {OPTION_NO_SANDBOX, "no-sandbox", NULL, "keep rights that the program does not need"},                             \
        {OPTION_HELP, "help", NULL, "print this help and exit"},                                                       \
        {OPTION_VERSION, "version", NULL, "print the version and exit"},                                               \
        {OPTION_VERBOSE, "verbose", NULL, "with --version: also print details of the build and of this machine"},      \
    {                                                                                                                  \
        0, NULL, NULL, NULL                                                                                            \
    }

struct invocation;

struct command {
    const char *name;
    const char *synopsis; /* what follows the name in the usage line */
    const char *summary;  /* a line in the list of commands */
    const char *about;    /* a paragraph of the help; wrapped when printed */
    const struct option_spec *options;
    const char *operands;  /* the words that stand for operands, with a blank between; NULL: names of files */
    bool replaces_operand; /* the first one is a file that it writes */
    void (*run)(struct invocation *invocation); /* whatever fails raises the exit status by a message */
};

/* A command and its arguments. */
struct invocation {
    const struct command *const *commands; /* every command, ended by NULL; the first one is the default */
    const struct command *command;
    bool implied; /* no command word was given: the command is the default one */
    char **arguments;
    int count;
    bool is_sandboxed;  /* enter the sandbox (sandbox.h) when the options are known, unless the user says no */
    bool is_verbose;    /* --verbose was given */
    const char *output; /* the value of -o, or NULL */
    int threads;        /* that of -j */
};

#endif
