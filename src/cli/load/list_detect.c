/* SPDX-License-Identifier: Apache-2.0 */
/* Detects lists by the beginning of a file. */
#include "load/list_detect.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lists/list_reader.h"

enum { BEGINNING = 64 * 1024 };

/* Reads the first bytes of a file without moving its offset. Returns 0 or an errno value. */
static int read_beginning(int descriptor, char text[BEGINNING], size_t *size)
{
    ssize_t got;

    *size = 0;
    do {
        got = pread(descriptor, text + *size, BEGINNING - 1 - *size, (off_t)*size);
        if (got < 0 && errno != EINTR)
            return errno;
        *size += got > 0 ? (size_t)got : 0;
    } while (got != 0 && *size < BEGINNING - 1);
    text[*size] = '\0';
    return 0;
}

/* Skips blank lines and comments. NULs count as blanks, because they may end lines. */
static const char *skip_ignored_lines(const char *text, const char *end, char terminator)
{
    for (;;) {
        while (text < end && strchr(" \t\r\n", *text) != NULL)
            text++;
        if (text == end || *text != '#')
            return text;
        const char *found = memchr(text, terminator, (size_t)(end - text));
        text = found == NULL ? end : found;
    }
}

/* Whether the first line that is not ignored may belong to a list. This avoids reading 16 MiB of a file without line
 * ends. */
static bool begins_like_list(const char *text, size_t size, char terminator)
{
    const char *end = text + size;

    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    text = skip_ignored_lines(text, end, terminator);
    if (text == end)
        return size == BEGINNING - 1; /* it may follow */
    if (*text == '~' || *text == '=')
        text += 1 + strspn(text + 1, "0123456789 ");
    text += *text == '\\';
    return *text == '{' || strncasecmp(text, "ISCC", 4) == 0;
}

static int has_first_line(int descriptor, bool zero, bool *is_list)
{
    struct list_entry line;
    struct list_reader *list = list_reader_new(descriptor, zero);

    if (list == NULL)
        return ENOMEM;
    const enum list_event event = list_reader_next(list, &line);
    *is_list = event == LIST_ENTRY || event == LIST_DAMAGED_LINE;
    const int failure = list_reader_failure(list);
    list_reader_free(list);
    return failure;
}

int list_detect(const char *path, bool zero, bool *is_list)
{
    char text[BEGINNING];
    size_t size;
    struct stat status;

    *is_list = false;
    if (stat(path, &status) != 0)
        return errno;
    if (!S_ISREG(status.st_mode))
        return 0;
    const int descriptor = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    int failure = read_beginning(descriptor, text, &size);
    if (failure == 0 && begins_like_list(text, size, zero ? '\0' : '\n'))
        failure = has_first_line(descriptor, zero, is_list);
    close(descriptor);
    return failure;
}
