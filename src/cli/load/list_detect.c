/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the beginning of a file. */
#include "load/list_detect.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lists/list_reader.h"

enum { BEGINNING = 64 * 1024 };

/* Reads the first bytes of a file, and leaves its position where it is. Returns 0 or an errno value. */
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

/* Where the first line begins that is not passed over. NULs are taken for blanks: they may be ends of lines. */
static const char *skip_passed_over(const char *text, const char *end, char terminator)
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

/* Whether the first line that is not passed over may be one of a list. It spares reading 16 MiB of a file without line
 * ends. */
static bool begins_like_list(const char *text, size_t size, char terminator)
{
    const char *end = text + size;

    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    text = skip_passed_over(text, end, terminator);
    if (text == end)
        return size == BEGINNING - 1; /* it may come later */
    if (*text == '~' || *text == '=')
        text += 1 + strspn(text + 1, "0123456789 ");
    text += *text == '\\';
    return *text == '{' || strncasecmp(text, "ISCC", 4) == 0;
}

static int has_first_line(int descriptor, bool zero, bool *is_list)
{
    struct list_line line;
    struct list_reader *list = list_reader_new(descriptor, zero);

    if (list == NULL)
        return ENOMEM;
    *is_list = list_reader_next(list, &line) == LIST_ENTRY;
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
