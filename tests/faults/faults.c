/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A library, loaded before all others by LD_PRELOAD, that makes chosen system calls of the program fail.
 *
 * ISCC_FAULTS holds rules separated by spaces, each CALL[=NAME]:ACTION@WHEN. CALL is one of `calls` below; with NAME
 * it counts only if the file's path ends in NAME. ACTION is the errno value that the call fails with, a signal sent to
 * the process before it, `short` (one byte is read or written), `end` (a read finds the end), `run` (runs
 * ISCC_FAULT_COMMAND first) or `wait` (a millisecond first). WHEN is N for the Nth of these calls, N+ for that and all
 * later ones, N/M for that and every Mth after it, * for all of them, which are not reported.
 *
 * ISCC_FAULT_REPORT names a file that gets a line for each fault, and for each descriptor left open at exit.
 */
#define _GNU_SOURCE
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const calls[CALLS] = {"read",   "write",  "open",  "stat",    "list",   "close",    "sync",
                                         "rename", "unlink", "chmod", "unnamed", "link",   "readlink", "access",
                                         "seek",   "fork",   "pipe",  "alloc",   "thread", "any"};

enum kind { KIND_ERROR, KIND_SIGNAL, KIND_SHORT, KIND_END, KIND_RUN, KIND_WAIT };

static const struct action {
    const char *name;
    enum kind kind;
    int value;
} actions[] = {
    {"EACCES", KIND_ERROR, EACCES},
    {"EAGAIN", KIND_ERROR, EAGAIN},
    {"EDQUOT", KIND_ERROR, EDQUOT},
    {"EINTR", KIND_ERROR, EINTR},
    {"EIO", KIND_ERROR, EIO},
    {"ELOOP", KIND_ERROR, ELOOP},
    {"EMFILE", KIND_ERROR, EMFILE},
    {"ENFILE", KIND_ERROR, ENFILE},
    {"ENOENT", KIND_ERROR, ENOENT},
    {"ENOMEM", KIND_ERROR, ENOMEM},
    {"ENOSPC", KIND_ERROR, ENOSPC},
    {"EOPNOTSUPP", KIND_ERROR, EOPNOTSUPP},
    {"EPERM", KIND_ERROR, EPERM},
    {"EPIPE", KIND_ERROR, EPIPE},
    {"EROFS", KIND_ERROR, EROFS},
    {"ESTALE", KIND_ERROR, ESTALE},
    {"EXDEV", KIND_ERROR, EXDEV},
    {"SIGHUP", KIND_SIGNAL, SIGHUP},
    {"SIGINT", KIND_SIGNAL, SIGINT},
    {"SIGKILL", KIND_SIGNAL, SIGKILL},
    {"SIGPIPE", KIND_SIGNAL, SIGPIPE},
    {"SIGTERM", KIND_SIGNAL, SIGTERM},
    {"end", KIND_END, 0},
    {"run", KIND_RUN, 0},
    {"short", KIND_SHORT, 0},
    {"wait", KIND_WAIT, 0},
};

struct rule {
    enum call call;
    char name[256]; /* suffix of the path, or empty */
    const struct action *action;
    unsigned long first;
    unsigned long step; /* 0: once */
    bool is_silent;
    atomic_ulong seen;
};

enum { RULES_MAX = 8 };
static struct rule rules[RULES_MAX];
static size_t rule_count;
static int report = -1;
static int helper[2] = {-1, -1}; /* pipes from and to the process that runs the command */

enum { DESCRIPTORS = 1024 };
static bool was_open[DESCRIPTORS]; /* before main: inherited, or opened by the library */

/* ---- Rules ---- */

__attribute__((noreturn)) static void misuse(const char *rule)
{
    fprintf(stderr, "faults: bad rule: %s\n", rule);
    _exit(125);
}

static bool parse_call(struct rule *rule, char *text)
{
    char *name = strchr(text, '=');

    if (name != NULL) {
        *name++ = '\0';
        snprintf(rule->name, sizeof rule->name, "%s", name);
    }
    for (rule->call = 0; rule->call < CALLS; rule->call++)
        if (strcmp(text, calls[rule->call]) == 0)
            return true;
    return false;
}

static bool parse_action(struct rule *rule, const char *text)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(text, actions[i].name) == 0)
            rule->action = &actions[i];
    return rule->action != NULL;
}

static bool parse_when(struct rule *rule, char *text)
{
    rule->is_silent = strcmp(text, "*") == 0;
    if (rule->is_silent)
        text = "1+";
    rule->first = strtoul(text, &text, 10);
    if (*text == '+')
        rule->step = 1;
    else if (*text == '/')
        rule->step = strtoul(text + 1, NULL, 10);
    else if (*text != '\0')
        return false;
    return rule->first > 0;
}

static void parse_rule(char *text)
{
    char whole[512];
    struct rule *rule = &rules[rule_count];

    snprintf(whole, sizeof whole, "%s", text);
    char *action = strchr(text, ':');
    char *when = strrchr(text, '@');
    if (rule_count == RULES_MAX || action == NULL || when == NULL || when < action)
        misuse(whole);
    *action++ = '\0';
    *when++ = '\0';
    if (!parse_call(rule, text) || !parse_action(rule, action) || !parse_when(rule, when))
        misuse(whole);
    rule_count++;
}

/* ---- The command ---- */

/* The process that runs the command is started before main, so the program's sandbox does not bind it. */
static void serve(int requests, int replies, const char *command)
{
    char byte;

    unsetenv("LD_PRELOAD");
    while (syscall(SYS_read, requests, &byte, (size_t)1) == 1) {
        byte = (char)(system(command) == 0);
        if (syscall(SYS_write, replies, &byte, (size_t)1) != 1)
            break;
    }
    _exit(0);
}

/* Moves a descriptor out of the way of those that the program opens, if the limit allows. */
static int move_up(int descriptor)
{
    const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, DESCRIPTORS_OF_FAULTS);

    if (moved < 0)
        return descriptor;
    syscall(SYS_close, descriptor);
    return moved;
}

static void start_helper(const char *command)
{
    int requests[2];
    int replies[2];

    if (pipe(requests) != 0 || pipe(replies) != 0)
        misuse("run");
    const pid_t child = fork();
    if (child < 0)
        misuse("run");
    if (child == 0) {
        syscall(SYS_close, requests[1]);
        syscall(SYS_close, replies[0]);
        serve(requests[0], replies[1], command);
    }
    syscall(SYS_close, requests[0]);
    syscall(SYS_close, replies[1]);
    helper[0] = move_up(replies[0]);
    helper[1] = move_up(requests[1]);
}

static void run_command(void)
{
    char done = 0;

    if (syscall(SYS_write, helper[1], "x", (size_t)1) != 1 || syscall(SYS_read, helper[0], &done, (size_t)1) != 1 ||
        done != 1)
        misuse("run: the command failed");
}

/* ---- Start and exit ---- */

static bool is_open(int descriptor)
{
    return fcntl(descriptor, F_GETFD) >= 0;
}

static void report_line(const char *word, unsigned long number)
{
    char line[128];

    if (report < 0)
        return;
    const int size = snprintf(line, sizeof line, "%s %lu\n", word, number);
    (void)!syscall(SYS_write, report, line, (size_t)size);
}

__attribute__((constructor)) static void begin(void)
{
    static char text[1024];
    const char *given = getenv("ISCC_FAULTS");
    const char *path = getenv("ISCC_FAULT_REPORT");
    const char *command = getenv("ISCC_FAULT_COMMAND");

    if (path != NULL)
        report = move_up((int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (command != NULL)
        start_helper(command);
    snprintf(text, sizeof text, "%s", given == NULL ? "" : given);
    char *rest = NULL;
    for (char *rule = strtok_r(text, " ", &rest); rule != NULL; rule = strtok_r(NULL, " ", &rest))
        parse_rule(rule);
    for (int descriptor = 0; descriptor < DESCRIPTORS; descriptor++)
        was_open[descriptor] = is_open(descriptor);
}

__attribute__((destructor)) static void end(void)
{
    for (int descriptor = STDERR_FILENO + 1; descriptor < DESCRIPTORS; descriptor++)
        if (!was_open[descriptor] && is_open(descriptor))
            report_line("left", (unsigned long)descriptor);
}

/* ---- The decision ---- */

static bool ends_with(const char *path, const char *name)
{
    const size_t size = strlen(path);
    const size_t end = strlen(name);
    return size >= end && memcmp(path + size - end, name, end) == 0;
}

static bool concerns(const struct rule *rule, enum call call, int descriptor, const char *path)
{
    char link[64];
    char target[PATH_MAX] = "";

    if (rule->call == CALL_ANY ? call == CALL_ALLOC || call == CALL_THREAD : rule->call != call)
        return false;
    if (rule->name[0] == '\0')
        return true;
    if (path != NULL)
        return ends_with(path, rule->name);
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    return syscall(SYS_readlinkat, AT_FDCWD, link, target, sizeof target - 1) > 0 && ends_with(target, rule->name);
}

static bool is_due(struct rule *rule)
{
    const unsigned long number = atomic_fetch_add(&rule->seen, 1) + 1;
    if (number < rule->first)
        return false;
    if (rule->step == 0 ? number != rule->first : (number - rule->first) % rule->step != 0)
        return false;
    if (!rule->is_silent)
        report_line(rule->action->name, number);
    return true;
}

enum outcome faults_decide(enum call call, int descriptor, const char *path)
{
    enum outcome outcome = OUTCOME_NONE;
    int error = errno;

    for (size_t i = 0; i < rule_count; i++) {
        struct rule *rule = &rules[i];
        if (!concerns(rule, call, descriptor, path) || !is_due(rule))
            continue;
        if (rule->action->kind == KIND_ERROR)
            error = rule->action->value;
        else if (rule->action->kind == KIND_SIGNAL)
            kill(getpid(), rule->action->value);
        else if (rule->action->kind == KIND_WAIT)
            usleep(1000);
        else if (rule->action->kind == KIND_RUN)
            run_command();
        outcome = rule->action->kind == KIND_ERROR   ? OUTCOME_ERROR
                  : rule->action->kind == KIND_SHORT ? OUTCOME_SHORT
                  : rule->action->kind == KIND_END   ? OUTCOME_END
                                                     : outcome;
    }
    errno = error;
    return outcome;
}
