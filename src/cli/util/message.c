/* SPDX-License-Identifier: Apache-2.0 */
/* Messages on stderr, and the exit status they raise. */
#include "util/message.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "util/sanitize.h"
#include "util/terminal_line.h"

static atomic_int exit_status = STATUS_OK;
static atomic_uint_least64_t errors;
static atomic_bool was_usage;

void status_raise(int status)
{
    int current = atomic_load(&exit_status);
    while (current < status && !atomic_compare_exchange_weak(&exit_status, &current, status))
        continue;
}

int status_get(void)
{
    return atomic_load(&exit_status);
}

bool message_was_usage(void)
{
    return atomic_load(&was_usage);
}

uint64_t message_errors(void)
{
    return atomic_load(&errors);
}

/* In chunks, so that a name of any length needs no allocation. */
static void put_sanitized(const char *text)
{
    char sanitized[SANITIZED_SIZE(SANITIZE_CHUNK)];
    size_t size = strlen(text);

    while (size > 0) {
        const size_t chunk = sanitize_chunk(text, size);
        const size_t sanitized_size = sanitize_copy(sanitized, text, chunk, "");
        fwrite(sanitized, 1, sanitized_size, stderr);
        text += chunk;
        size -= chunk;
    }
}

static void put_name(const char *name)
{
    if (name == NULL)
        return;
    put_sanitized(*name == '\0' ? "''" : name);
    fputs(": ", stderr);
}

static void put_message(int status, const char *name, const char *reason)
{
    status_raise(status);
    if (status == STATUS_TROUBLE)
        atomic_fetch_add(&errors, 1);
    terminal_line_hold();
    fputs("iscc: ", stderr);
    put_name(name);
    put_sanitized(reason);
    putc('\n', stderr);
    fflush(stderr);
    terminal_line_release();
}

void message_error(const char *name, const char *reason)
{
    put_message(STATUS_TROUBLE, name, reason);
}

void message_finding(int status, const char *name, const char *format, ...)
{
    char reason[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    put_message(status, name, reason);
}

void message_count(const char *name, uint64_t count, const char *one, const char *many)
{
    if (count > 0)
        message_finding(STATUS_OK, name, "WARNING: %" PRIu64 " %s", count, count == 1 ? one : many);
}

void message_usage(const char *command, const char *format, ...)
{
    char sentence[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    atomic_store(&was_usage, true);
    message_error(NULL, sentence);
    fprintf(stderr, "Try 'iscc%s%s --help' for more information.\n", command == NULL ? "" : " ",
            command == NULL ? "" : command);
    fflush(stderr);
}
