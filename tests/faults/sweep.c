/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sweep [-a] [-b | -k | -m] [-e LINES] [-f FILE] [-i INPUT] [-n LIST] [-o OLD] [-s STEP] [-t TIMES] RULES PROGRAM
 * [ARGUMENT]...: runs the program with a fault at the first call, at the second, and so on until there is none, and
 * judges each run by one without a fault.
 *
 * RULES goes to ISCC_FAULTS, with % standing for the number; ISCC_FAULT_LIBRARY names the library. Every run must end
 * in time and leave no descriptor open. It must either have the status and output of the run without a fault, and no
 * messages; or have status 2 and a message, and every line it printed must be right and in order. Each missing line
 * must be explained: by a message that starts with its file's name, or with the name of a folder above, or by a message
 * without a name.
 * `-m`: the fault must be reported. `-a`: any message explains any line, as lines have no names; `-n`: so does a
 * message about LIST. `-b`: the fault must have no effect. `-k`: the fault is a signal, which may end the run between
 * lines.
 * `-e`: after a fault, lines of that file are right too: the fault may have hit an ignore file.
 * `-f`: the output is FILE, which holds `old`, or OLD's content with `-o`, before each run. It may stay so if the
 * status is 2 or a signal. Only SIGKILL may leave a temporary file, and the next run must then still succeed.
 * `-s`: after the first 3 numbers, try only each STEPth. `-t`: stop after so many faults. Prints the number of faults.
 */
#include <fcntl.h>
#include <glob.h>
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
    bool must_report;
    const char *file;
    const char *old;
    const char *input;
    const char *extra;
    const char *list;
    unsigned long step;
    unsigned long times;
    const char *rules;
    char **program;
} options = {.old = "old\n", .input = "/dev/null", .extra = "", .step = 1, .times = -1UL};

struct run {
    char *output;
    char *messages;
    char *report;
    int status; /* as returned by waitpid */
};

static char report_path[] = "/tmp/iscc-faults-XXXXXX";
static char rules[1024]; /* of the current run */

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

/* A file's content, NUL-terminated. */
static char *read_file(int descriptor, const char *name)
{
    struct stat status = {.st_size = 0};

    const bool is_there = fstat(descriptor, &status) == 0;
    char *text = malloc((size_t)status.st_size + 1);
    if (!is_there || text == NULL || pread(descriptor, text, (size_t)status.st_size, 0) != status.st_size)
        fail(NULL, "%s cannot be read", name);
    text[status.st_size] = '\0';
    return text;
}

static char *read_path(const char *path)
{
    const int descriptor = open(path, O_RDONLY);
    char *text = read_file(descriptor, path);

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
    const int input = open(options.input, O_RDONLY);

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
    execv(options.program[0], options.program);
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
    run.output = options.file != NULL ? read_path(options.file) : read_file(fileno(output), "stdout");
    run.messages = read_file(fileno(messages), "stderr");
    run.report = read_path(report_path);
    fclose(output);
    fclose(messages);
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

/* Whether a line names this file or one below it. */
static bool has_name(const char *line, const char *name)
{
    for (const char *at = line; (at = strstr(at, name)) != NULL; at++)
        if (strchr("/:\"", at[strlen(name)]) != NULL)
            return true;
    return false;
}

/* Whether a message is about a line: the line has the name after "iscc: ", or is about a tree that contains it. A
 * message without a name is about all lines. */
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
           (options.file != NULL && strcmp(name, options.file) == 0) ||
           (options.list != NULL && strcmp(name, options.list) == 0);
}

static bool has(const char *line, size_t size, const char *part)
{
    return memmem(line, size, part, strlen(part)) != NULL;
}

static bool is_explained(const struct run *run, const char *line, size_t size)
{
    for (const char *message = run->messages; *message != '\0'; message += line_size(message))
        if (options.is_about_all || is_about(message, line, size) || has(line, size, "\"type\":\"summary\""))
            return true;
    return false;
}

/* Whether a line reports a failure in the position of a result. */
static bool reports_failure(const char *line, size_t size)
{
    return has(line, size, "\"type\":\"error\"") || has(line, size, ": FAILED open or read") ||
           has(line, size, "\"verdict\":\"unreadable\"") || has(line, size, "\"type\":\"summary\"") ||
           strncmp(line, "unknown ", 8) == 0 || has(line, size, " moved-changed, ");
}

/* Finds a line, possibly torn, in a text; NULL if it is not there. */
static const char *find_line(const char *text, const char *line, size_t size)
{
    while (*text != '\0' && strncmp(text, line, size) != 0)
        text += line_size(text);
    return *text != '\0' ? text : NULL;
}

/* Every missing line of the good run up to `end` must be explained. */
static void judge_gap(const struct run *run, const char *line, const char *end, bool may_miss)
{
    for (; line < end; line += line_size(line))
        if (!may_miss || (!options.is_signal && !is_explained(run, line, line_size(line))))
            fail(run, "no line: %.*s", (int)line_size(line), line);
}

/* Every printed line must be right and in order, and every missing one explained. */
static void judge_lines(const struct run *run, const struct run *good, bool may_miss)
{
    const char *expected = good->output;
    size_t size = 0;

    for (const char *line = run->output; *line != '\0'; line += size) {
        size = line_size(line);
        const bool is_whole = line[size - 1] == '\n';
        const char *found = find_line(expected, line, size);
        if (!is_whole && (!may_miss || options.is_signal))
            fail(run, "a line is torn");
        if (found != NULL) {
            judge_gap(run, expected, found, may_miss);
            expected = found + line_size(found);
        } else if (!may_miss || (!reports_failure(line, size) && find_line(options.extra, line, size) == NULL)) {
            fail(run, "wrong line: %.*s", (int)size, line);
        }
    }
    judge_gap(run, expected, expected + strlen(expected), may_miss);
}

/* Removes the temporary files beside FILE. Returns whether there were any. */
static bool remove_temporaries(void)
{
    glob_t found = {0};

    glob(".iscc-*", GLOB_NOSORT, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++)
        unlink(found.gl_pathv[i]);
    const bool any = found.gl_pathc > 0;
    globfree(&found);
    return any;
}

static void judge_end(const struct run *run, const struct run *good)
{
    if (WIFSIGNALED(run->status)) {
        if (!options.is_signal || WTERMSIG(run->status) == SIGALRM)
            fail(run, "ended by signal %d", WTERMSIG(run->status));
        return;
    }
    const bool is_trouble = WEXITSTATUS(run->status) == 2;
    if (options.must_report && !is_trouble && run->report[0] != '\0')
        fail(run, "the fault is not reported");
    if (!is_trouble && run->status != good->status)
        fail(run, "status %d", WEXITSTATUS(run->status));
    if (run->status == good->status && strcmp(run->messages, good->messages) != 0)
        fail(run, "messages, although the status is %d", WEXITSTATUS(run->status));
    if (run->status != good->status && (options.is_benign || run->messages[0] == '\0'))
        fail(run, options.is_benign ? "the fault has an effect" : "no message");
    if (strstr(run->report, "left ") != NULL)
        fail(run, "a descriptor was left open");
}

static void judge(const struct run *run, const struct run *good)
{
    judge_end(run, good);
    const bool is_good = run->status == good->status;
    if (options.file == NULL) {
        judge_lines(run, good, !is_good);
        return;
    }
    const bool is_old = strcmp(run->output, options.old) == 0;
    if (is_old ? is_good : WIFSIGNALED(run->status) && strcmp(run->output, good->output) != 0)
        fail(run, "%s is neither the old file nor the new one", options.file);
    if (!is_old)
        judge_lines(run, good, !is_good);
    const bool is_left = strstr(run->report, "SIGKILL") != NULL;
    if (is_left) {
        const struct run next = run_program(false);
        if (next.status != good->status || strcmp(next.output, good->output) != 0)
            fail(&next, "the next run is wrong");
        free_run(&next);
    }
    if (remove_temporaries() && !is_left)
        fail(run, "a temporary file was left");
}

/* ---- All runs ---- */

static void make_rules(unsigned long number)
{
    size_t size = 0;

    for (const char *c = options.rules; *c != '\0' && size < sizeof rules; c++)
        if (*c == '%')
            size += (size_t)snprintf(rules + size, sizeof rules - size, "%lu", number);
        else
            size += (size_t)snprintf(rules + size, sizeof rules - size, "%c", *c);
}

static unsigned long sweep(const struct run *good)
{
    unsigned long faults = 0;
    bool is_hit = true;

    for (unsigned long number = 1; is_hit && faults < options.times; number += number < EACH ? 1 : options.step) {
        make_rules(number);
        if (options.file != NULL)
            write_path(options.file, options.old);
        const struct run run = run_program(true);
        is_hit = strncmp(run.report, "left", 4) != 0 && run.report[0] != '\0';
        faults += is_hit;
        /* A sanitizer aborts if one of its own allocations fails. */
        if (strstr(run.messages, "AddressSanitizer: CHECK failed") == NULL)
            judge(&run, good);
        else if (options.file != NULL)
            remove_temporaries();
        free_run(&run);
    }
    return faults;
}

static void parse(int argc, char **argv)
{
    for (int option; (option = getopt(argc, argv, "+abkme:f:i:n:o:s:t:")) != -1;) {
        if (option == 'a')
            options.is_about_all = true;
        else if (option == 'b')
            options.is_benign = true;
        else if (option == 'k')
            options.is_signal = true;
        else if (option == 'e')
            options.extra = read_path(optarg);
        else if (option == 'f')
            options.file = optarg;
        else if (option == 'i')
            options.input = optarg;
        else if (option == 'm')
            options.must_report = true;
        else if (option == 'n')
            options.list = optarg;
        else if (option == 'o')
            options.old = read_path(optarg);
        else if (option == 's')
            options.step = strtoul(optarg, NULL, 10);
        else if (option == 't')
            options.times = strtoul(optarg, NULL, 10);
        else
            exit(2);
    }
    if (argc - optind < 2 || getenv("ISCC_FAULT_LIBRARY") == NULL || options.step == 0)
        exit(2);
    options.rules = argv[optind];
    options.program = argv + optind + 1;
}

int main(int argc, char **argv)
{
    parse(argc, argv);
    const int descriptor = mkstemp(report_path);
    if (descriptor < 0)
        return 2;
    close(descriptor);
    if (options.file != NULL)
        write_path(options.file, options.old);
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
