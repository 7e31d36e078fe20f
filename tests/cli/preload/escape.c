/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A preloaded library: each thread that opens a file, and the program at exit, tries everything the sandbox denies, in
 * the folder that ESCAPE names. It writes each attempt's result to descriptor 9, one per line.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, bool done)
{
    char line[128];
    const int size = snprintf(line, sizeof line, "%ld %s: %s\n", syscall(SYS_gettid), what, done ? "done" : "denied");
    (void)!write(9, line, (size_t)size);
}

/* A path in the folder, valid until the next call on this thread. */
static const char *path(const char *name)
{
    static _Thread_local char text[4096];
    snprintf(text, sizeof text, "%s/%s", getenv("ESCAPE"), name);
    return text;
}

static bool opens(const char *name, int flags)
{
    const int descriptor = (int)syscall(SYS_openat, AT_FDCWD, path(name), flags, 0644);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

static bool renames(void)
{
    char old[4096];
    snprintf(old, sizeof old, "%s", path("old"));
    return rename(old, path("new")) == 0;
}

static bool executes(void)
{
    int status = 1;
    const pid_t child = fork();
    if (child == 0) {
        unsetenv("LD_PRELOAD");
        execl("/bin/true", "true", (char *)NULL);
        _exit(1);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* Only the sandbox counts as denying, not a missing network. */
static bool binds(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    const bool denied =
        bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0 && (errno == EACCES || errno == EPERM);
    close(descriptor);
    return !denied;
}

static bool connects(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    const bool denied =
        connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0 && (errno == EACCES || errno == EPERM);
    close(descriptor);
    return !denied;
}

static void try_all(void)
{
    say("create", opens("created", O_WRONLY | O_CREAT));
    say("write", opens("old", O_WRONLY));
    say("truncate", truncate(path("old"), 0) == 0);
    say("rename", renames());
    say("link", symlink("x", path("link")) == 0);
    say("directory", mkdir(path("directory"), 0755) == 0);
    say("remove", unlink(path("old")) == 0);
    say("execute", executes());
    say("bind", binds());
    say("connect", connects());
    say("signal", kill(getppid(), 0) == 0);
    say("read", opens("readable", O_RDONLY));
}

/* Each thread tries once, when it opens a file. */
int openat(int directory, const char *name, int flags, ...)
{
    static _Thread_local bool has_tried;
    va_list arguments;

    if (getenv("ESCAPE_THREADS") != NULL) {
        if (!has_tried)
            say("write", opens("old", O_WRONLY));
        has_tried = true;
        usleep(2000); /* leaves work for the other threads */
    }
    va_start(arguments, flags);
    const int mode = (flags & O_CREAT) != 0 ? va_arg(arguments, int) : 0;
    va_end(arguments);
    return (int)syscall(SYS_openat, directory, name, flags, mode);
}

int openat64(int directory, const char *name, int flags, ...) __attribute__((alias("openat")));

__attribute__((destructor)) static void at_end(void)
{
    if (getenv("ESCAPE") != NULL && getenv("ESCAPE_THREADS") == NULL)
        try_all();
}
