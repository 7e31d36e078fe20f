/* SPDX-License-Identifier: Apache-2.0 */
/* One line, and a lock that keeps it out of the way of results and messages. */
#include "util/terminal_line.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool is_shown; /* under the lock, and likewise: */
static bool is_disabled;

/* CR and EL ("erase in line", ECMA-48), which every terminal but a dumb one understands. */
#define ERASE "\r\033[K"

/* A line of full width would wrap, and only its second half could be erased. */
static int columns(void)
{
    struct winsize size;

    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1 : 79;
}

/* Whether no other job of the shell has the terminal. That fails, and does not matter, if it is not this session's. */
static bool is_in_foreground(void)
{
    const pid_t group = tcgetpgrp(STDERR_FILENO);
    return group < 0 || group == getpgrp();
}

void terminal_line_show(const char *text)
{
    pthread_mutex_lock(&lock);
    if (!is_disabled && is_in_foreground()) {
        fprintf(stderr, ERASE "%.*s", columns(), text);
        fflush(stderr);
        is_shown = true;
    }
    pthread_mutex_unlock(&lock);
}

void terminal_line_disable(void)
{
    pthread_mutex_lock(&lock);
    is_disabled = true;
    pthread_mutex_unlock(&lock);
}

void terminal_line_hold(void)
{
    pthread_mutex_lock(&lock);
    if (!is_shown)
        return;
    fputs(ERASE, stderr);
    fflush(stderr);
    is_shown = false;
}

void terminal_line_release(void)
{
    pthread_mutex_unlock(&lock);
}
