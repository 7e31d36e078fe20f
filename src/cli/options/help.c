/* SPDX-License-Identifier: Apache-2.0 */
/* Prints help for a terminal of 80 columns. */
#include "options/help.h"

#include <errno.h>
#include <iscc/iscc.h>
#include <stdio.h>
#include <string.h>

#include "output/sandbox.h"
#include "util/message.h"
#include "util/threads.h"

#define COLUMNS 79
#define HELP_COLUMN 28

/* Prints text from `column` on, and indents all lines after the first. */
static void print_wrapped(const char *text, size_t column, size_t indent)
{
    while (*text != '\0') {
        const size_t word = strcspn(text, " ");
        if (column + 1 + word > COLUMNS && column > indent) {
            printf("\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            putchar(' ');
            column++;
        }
        printf("%.*s", (int)word, text);
        column += word;
        text += word;
        text += strspn(text, " ");
    }
    putchar('\n');
}

static void print_option(const struct option_spec *option)
{
    char left[64];

    int size = option->letter != 0 ? snprintf(left, sizeof left, "  -%c, --%s", option->letter, option->name)
                                   : snprintf(left, sizeof left, "      --%s", option->name);
    if (option->value_name != NULL)
        size += snprintf(left + size, sizeof left - (size_t)size, option->bare != NULL ? "[=%s]" : "=%s",
                         option->value_name);
    if (size + 2 > HELP_COLUMN)
        printf("%s\n%*s", left, HELP_COLUMN, "");
    else
        printf("%-*s", HELP_COLUMN, left);
    print_wrapped(option->help, HELP_COLUMN, HELP_COLUMN);
}

/* Failing to write the help is an error, as for all output. */
static void finish(void)
{
    if (fflush(stdout) != 0 || ferror(stdout) != 0)
        message_error("write error", strerror(errno));
}

static void print_examples(const char *examples)
{
    printf("\nExamples:\n");
    while (*examples != '\0') {
        const size_t size = strcspn(examples, "\n");
        printf("  %.*s\n", (int)size, examples);
        examples += size;
        examples += *examples != '\0';
    }
}

void help_command(const struct command *command)
{
    printf("Usage: iscc %s %s\n", command->name, command->synopsis);
    print_wrapped(command->about, 0, 0);
    for (const struct option_spec *row = command->options; row->kind != OPTION_END; row++)
        if (row->kind == OPTION_HEADING)
            printf("\n%s\n", row->help);
        else
            print_option(row);
    print_examples(command->examples);
    finish();
}

void help_program(const struct command *const *commands)
{
    printf("Usage: iscc [COMMAND] [OPTION]... [OPERAND]...\n");
    print_wrapped("Compute ISO 24138 content codes (ISCC) of files and directories: each code holds a similarity "
                  "digest and a BLAKE3 hash of the bytes.",
                  0, 0);
    printf("\nCommands:\n");
    for (const struct command *const *command = commands; *command != NULL; command++)
        printf("  %-13s%s\n", (*command)->name, (*command)->summary);
    putchar('\n');
    print_wrapped("The default command is sum: 'iscc --json dist/' means 'iscc sum --json dist/'. "
                  "'iscc COMMAND --help' lists the options of a command, and 'man iscc' explains all of it.",
                  0, 0);
    print_examples("iscc photos > codes\niscc check codes");
    finish();
}

static void print_backends(void)
{
    const char *name = NULL;

    printf("backend: %s (available:", iscc_backend(&name) == ISCC_OK ? name : "none of that name");
    for (size_t i = 0; (name = iscc_backend_available(i)) != NULL; i++)
        printf("%s %s", i > 0 ? "," : "", name);
    printf(")\n");
}

static void print_details(void)
{
    char sandbox[80];

    sandbox_describe(sandbox, sizeof sandbox);
    print_backends();
#ifdef _OPENMP
    printf("threads: %d, by OpenMP\n", threads_default());
#else
    printf("threads: 1, without OpenMP\n");
#endif
    printf("sandbox: %s\n", sandbox);
    printf("BLAKE3: %s\n", iscc_blake3_version());
    printf("Unicode: %s\n", iscc_unicode_version());
}

void help_version(bool is_verbose)
{
    printf("iscc %s\n", iscc_version());
    if (is_verbose)
        print_details();
    finish();
}
