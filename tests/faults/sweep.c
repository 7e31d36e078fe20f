/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sweep [-a] [-b | -k | -m] [-e LINES] [-f FILE] [-i INPUT] [-n LIST] [-o OLD] [-s STEP] [-t TIMES] RULES PROGRAM
 * [ARGUMENT]...: runs the program with a fault at the first call, at the second, and so on until there is none, and
 * judges each run by one without a fault.
 *
 * RULES is for ISCC_FAULTS, with % in the place of the number. ISCC_FAULT_LIBRARY names the library. A run must end in
 * time, and leave no descriptor open. Either it has the status and the output of the run without a fault, and no
 * messages; or status 2 and a message, every line that it printed is right and in order, and every line that is missing
 * has a part that a message begins with (its file's name, or that of a folder above), or there is a message without a
 * name. `-m`: the fault must be told. `-a`: any message will do, as lines have no names; `-n`: so will one about LIST.
 * `-b`: the fault must not be seen at all. `-k`: the fault is a signal, by which the run may end: lines are whole.
 * `-e`: lines of that file are right too, where the fault was seen: an ignore file may be what failed.
 * `-f`: what counts as output is FILE, which is an old one before each run (with `-o` what OLD holds); it may stay so
 * if the status is 2 or a signal, and no temporary file is left beside it but by SIGKILL; after that the next run must
 * do its work all the same.
 * `-s`: after the first 3 numbers, only each STEPth. `-t`: at most so many faults. Prints the number of faults.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE = 60, EACH = 3 };

static struct {
    bool is_about_all;
    bool is_benign;
    bool is_signal;
    bool is_told;
    const char *file;
    const char *old;
    const char *input;
    const char *extra;
    const char *list;
    unsigned long step;
    unsigned long times;
    const char *rules;
    char **program;
} told = {.old = "old\n", .input = "/dev/null", .extra = "", .step = 1, .times = -1UL};

struct run {
    char *output;
    char *messages;
    char *report;
    bool has_file;
    int status; /* as wait gives it */
};

static char report_path[] = "/tmp/iscc-faults-XXXXXX";
static char rules[1024]; /* of the run that is being judged */

__attribute__((noreturn, format(printf, 2, 3))) static void fail(const struct run *run, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fprintf(stderr, "%s: ", rules);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    if (run != NULL)
        fprintf(stderr, "status %x, messages:\n%soutput:\n%sreport:\n%s", (unsigned)run->status, run->messages,
                run->output, run->report);
    unlink(report_path);
    exit(1);
}

/* ---- One run ---- */

/* What a file holds, with a NUL behind it; NULL if there is none. */
static char *read_file(int descriptor)
{
    struct stat status;

    if (descriptor < 0 || fstat(descriptor, &status) != 0)
        return NULL;
    char *text = malloc((size_t)status.st_size + 1);
    if (text == NULL || pread(descriptor, text, (size_t)status.st_size, 0) != status.st_size)
        fail(NULL, "a file cannot be read");
    text[status.st_size] = '\0';
    return text;
}

static char *read_path(const char *path)
{
    const int descriptor = open(path, O_RDONLY);
    char *text = read_file(descriptor);

    if (descriptor >= 0)
        close(descriptor);
    return text;
}

static void write_path(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        fail(NULL, "%s cannot be written", path);
}

__attribute__((noreturn)) static void become_program(FILE *output, FILE *messages, bool has_fault)
{
    const int input = open(told.input, O_RDONLY);

    dup2(input, STDIN_FILENO);
    dup2(fileno(output), STDOUT_FILENO);
    dup2(fileno(messages), STDERR_FILENO);
    close(input);
    fclose(output);
    fclose(messages);
    if (has_fault) {
        setenv("ISCC_FAULTS", rules, 1);
        setenv("ISCC_FAULT_REPORT", report_path, 1);
        setenv("LD_PRELOAD", getenv("ISCC_FAULT_LIBRARY"), 1);
    }
    alarm(PATIENCE);
    execv(told.program[0], told.program);
    _exit(126);
}

static struct run run_program(bool has_fault)
{
    struct run run = {.status = 0};
    FILE *output = tmpfile();
    FILE *messages = tmpfile();

    if (output == NULL || messages == NULL)
        fail(NULL, "no temporary file");
    write_path(report_path, "");
    const pid_t child = fork();
    if (child == 0)
        become_program(output, messages, has_fault);
    if (child < 0 || waitpid(child, &run.status, 0) != child)
        fail(NULL, "no process");
    run.has_file = told.file != NULL;
    run.output = run.has_file ? read_path(told.file) : read_file(fileno(output));
    run.messages = read_file(fileno(messages));
    run.report = read_path(report_path);
    fclose(output);
    fclose(messages);
    if (run.output == NULL)
        fail(NULL, "%s is gone", told.file);
    return run;
}

static void free_run(const struct run *run)
{
    free(run->output);
    free(run->messages);
    free(run->report);
}

/* ---- The judgement ---- */

static size_t line_size(const char *text)
{
    const char *end = strchr(text, '\n');
    return end == NULL ? strlen(text) : (size_t)(end - text) + 1;
}

/* Whether a line has a name, or that of a file below it. */
static bool has_name(const char *line, const char *name)
{
    for (const char *at = line; (at = strstr(at, name)) != NULL; at++)
        if (strchr("/:\"", at[strlen(name)]) != NULL)
            return true;
    return false;
}

/* Whether a message is about a line: they have the name behind "iscc: " in common, or the line is about a tree
 * that this is in. A message without a name is about all lines. */
static bool is_about(const char *message, const char *line, size_t size)
{
    char name[512];
    char copy[2048];

    if (strncmp(message, "iscc: ", 6) != 0)
        return true;
    const size_t all = line_size(message + 6);
    const char *colon = memchr(message + 6, ':', all);
    if (colon == NULL || strncmp(message + 6, "write error", 11) == 0)
        return true;
    snprintf(name, sizeof name, "%.*s", (int)(colon - message - 6), message + 6);
    snprintf(copy, sizeof copy, "%.*s", (int)size - 1, line);
    const char *star = strstr(copy, " *");
    const bool is_tree = star != NULL && copy[strlen(copy) - 1] == '/';
    return has_name(copy, name) || (is_tree && strncmp(name, star + 2, strlen(star + 2)) == 0) ||
           (told.file != NULL && strcmp(name, told.file) == 0) || (told.list != NULL && strcmp(name, told.list) == 0);
}

static bool has(const char *line, size_t size, const char *part)
{
    return memmem(line, size, part, strlen(part)) != NULL;
}

static bool is_explained(const struct run *run, const char *line, size_t size)
{
    for (const char *message = run->messages; *message != '\0'; message += line_size(message))
        if (told.is_about_all || is_about(message, line, size) || has(line, size, "\"type\":\"summary\""))
            return true;
    return false;
}

/* Lines that tell of a failure stand where the result would. */
static bool tells_of_failure(const char *line, size_t size)
{
    return has(line, size, "\"type\":\"error\"") || has(line, size, ": FAILED open or read") ||
           has(line, size, "\"verdict\":\"unreadable\"") || has(line, size, "\"type\":\"summary\"") ||
           strncmp(line, "unknown ", 8) == 0 || has(line, size, " moved-changed, ");
}

/* Where a line, or what there is of it, stands in a text; NULL where it does not. */
static const char *find_line(const char *text, const char *line, size_t size)
{
    while (*text != '\0' && strncmp(text, line, size) != 0)
        text += line_size(text);
    return *text != '\0' ? text : NULL;
}

/* Lines of the good run up to `end` that are missing: each has a reason. */
static void judge_gap(const struct run *run, const char *line, const char *end, bool may_miss)
{
    for (; line < end; line += line_size(line))
        if (!may_miss || (!told.is_signal && !is_explained(run, line, line_size(line))))
            fail(run, "no line: %.*s", (int)line_size(line), line);
}

/* All that was printed is right, in order, and what is missing has a reason. */
static void judge_lines(const struct run *run, const struct run *good, bool may_miss)
{
    const char *expected = good->output;
    size_t size = 0;

    for (const char *line = run->output; *line != '\0'; line += size) {
        size = line_size(line);
        const bool is_whole = line[size - 1] == '\n';
        const char *found = find_line(expected, line, size);
        if (!is_whole && (!may_miss || told.is_signal))
            fail(run, "a line is torn");
        if (found != NULL) {
            judge_gap(run, expected, found, may_miss);
            expected = found + line_size(found);
        } else if (!may_miss || (!tells_of_failure(line, size) && find_line(told.extra, line, size) == NULL)) {
            fail(run, "wrong line: %.*s", (int)size, line);
        }
    }
    judge_gap(run, expected, expected + strlen(expected), may_miss);
}

/* Removes the temporary files beside FILE, and returns whether there were any. */
static bool remove_temporaries(void)
{
    bool any = false;
    DIR *folder = opendir(".");

    for (const struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;)
        if (strncmp(entry->d_name, ".iscc-", 6) == 0)
            any = unlink(entry->d_name) == 0 || any;
    if (folder != NULL)
        closedir(folder);
    return any;
}

static void judge_end(const struct run *run, const struct run *good)
{
    const bool is_killed = WIFSIGNALED(run->status);

    if (is_killed && (!told.is_signal || WTERMSIG(run->status) == SIGALRM))
        fail(run, "ended by signal %d", WTERMSIG(run->status));
    if (is_killed)
        return;
    const bool is_trouble = WEXITSTATUS(run->status) == 2;
    if (told.is_told && !is_trouble && run->report[0] != '\0')
        fail(run, "the fault is not told");
    if (!is_trouble && run->status != good->status)
        fail(run, "status %d", WEXITSTATUS(run->status));
    if (run->status == good->status && strcmp(run->messages, good->messages) != 0)
        fail(run, "messages, and yet the status is %d", WEXITSTATUS(run->status));
    if (run->status != good->status && (told.is_benign || run->messages[0] == '\0'))
        fail(run, told.is_benign ? "the fault does harm" : "no message");
    if (strstr(run->report, "left ") != NULL)
        fail(run, "a descriptor is left open");
}

static void judge(const struct run *run, const struct run *good)
{
    judge_end(run, good);
    const bool is_good = run->status == good->status;
    if (!run->has_file) {
        judge_lines(run, good, !is_good);
        return;
    }
    if (strcmp(run->output, told.old) != 0 ? WIFSIGNALED(run->status) && strcmp(run->output, good->output) != 0
                                           : is_good)
        fail(run, "%s is neither the old file nor the new one", told.file);
    if (strcmp(run->output, told.old) != 0)
        judge_lines(run, good, !is_good);
    const bool is_left = strstr(run->report, "SIGKILL") != NULL;
    if (is_left) {
        const struct run next = run_program(false);
        if (next.status != good->status || strcmp(next.output, good->output) != 0)
            fail(&next, "the run after that is not right");
        free_run(&next);
    }
    if (remove_temporaries() && !is_left)
        fail(run, "a temporary file is left");
}

/* ---- All runs ---- */

static void make_rules(unsigned long number)
{
    size_t size = 0;

    for (const char *c = told.rules; *c != '\0' && size < sizeof rules; c++)
        if (*c == '%')
            size += (size_t)snprintf(rules + size, sizeof rules - size, "%lu", number);
        else
            size += (size_t)snprintf(rules + size, sizeof rules - size, "%c", *c);
}

static unsigned long sweep(const struct run *good)
{
    unsigned long faults = 0;

    for (unsigned long number = 1; faults < told.times; number += number < EACH ? 1 : told.step) {
        make_rules(number);
        if (told.file != NULL)
            write_path(told.file, told.old);
        const struct run run = run_program(true);
        if (strncmp(run.report, "left", 4) != 0 && run.report[0] != '\0')
            faults++;
        else
            told.times = 0;
        /* A sanitizer gives up where one of its own allocations is the one that fails. */
        if (strstr(run.messages, "AddressSanitizer: CHECK failed") == NULL)
            judge(&run, good);
        else if (told.file != NULL)
            remove_temporaries();
        free_run(&run);
    }
    return faults;
}

static void parse(int argc, char **argv)
{
    for (int option; (option = getopt(argc, argv, "+abkme:f:i:n:o:s:t:")) != -1;) {
        if (option == 'a')
            told.is_about_all = true;
        else if (option == 'b')
            told.is_benign = true;
        else if (option == 'k')
            told.is_signal = true;
        else if (option == 'e')
            told.extra = read_path(optarg);
        else if (option == 'f')
            told.file = optarg;
        else if (option == 'i')
            told.input = optarg;
        else if (option == 'm')
            told.is_told = true;
        else if (option == 'n')
            told.list = optarg;
        else if (option == 'o')
            told.old = read_path(optarg);
        else if (option == 's')
            told.step = strtoul(optarg, NULL, 10);
        else if (option == 't')
            told.times = strtoul(optarg, NULL, 10);
        else
            exit(2);
    }
    if (argc - optind < 2 || getenv("ISCC_FAULT_LIBRARY") == NULL || told.extra == NULL || told.old == NULL ||
        told.step == 0)
        exit(2);
    told.rules = argv[optind];
    told.program = argv + optind + 1;
}

int main(int argc, char **argv)
{
    parse(argc, argv);
    const int descriptor = mkstemp(report_path);
    if (descriptor < 0)
        return 2;
    close(descriptor);
    if (told.file != NULL)
        write_path(told.file, told.old);
    const struct run good = run_program(false);
    snprintf(rules, sizeof rules, "without a fault");
    if (!WIFEXITED(good.status) || WEXITSTATUS(good.status) > 1)
        fail(&good, "the run fails");
    const unsigned long faults = sweep(&good);
    free_run(&good);
    unlink(report_path);
    printf("%lu\n", faults);
    return 0;
}
