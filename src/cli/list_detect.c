/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the beginning of a file. */
#include "list_detect.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checklist.h"

enum { BEGINNING = 64 * 1024 };

/* Reads the first bytes of a file and leaves its position where it is. Returns 0 or an errno value. */
static int read_beginning(int descriptor, char text[BEGINNING])
{
    ssize_t got;
    off_t size = 0;

    do {
        got = pread(descriptor, text + size, (size_t)(BEGINNING - 1 - size), size);
        if (got < 0 && errno != EINTR)
            return errno;
        size += got > 0 ? got : 0;
    } while (got != 0 && size < BEGINNING - 1);
    text[size] = '\0';
    return 0;
}

/* Whether the first line that is not passed over begins like one of a list. It spares reading 16 MiB of a file without
 * line ends. */
static bool begins_like_list(const char *line)
{
    static const char *const beginnings[] = {"ISCC:", "ISCC-SUM (", "ISCC (", "{"};

    if (strncmp(line, "\xef\xbb\xbf", 3) == 0)
        line += 3;
    line += strspn(line, " \t\r\n");
    while (*line == '#') {
        line += strcspn(line, "\n");
        line += strspn(line, " \t\r\n");
    }
    if (*line == '~' || *line == '=')
        line += 1 + strspn(line + 1, "0123456789 ");
    line += *line == '\\';
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncasecmp(line, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

static int has_first_line(int descriptor, bool zero, bool *is_list)
{
    struct list_entry entry;
    const char *name;
    struct checklist *list = checklist_new(descriptor, zero);

    if (list == NULL)
        return ENOMEM;
    *is_list = checklist_next(list, &entry, &name) == LIST_ENTRY;
    const int failure = checklist_failure(list);
    checklist_free(list);
    return failure;
}

int list_detect(const char *path, bool zero, bool *is_list)
{
    char text[BEGINNING];
    struct stat status;

    *is_list = false;
    if (stat(path, &status) != 0)
        return errno;
    if (!S_ISREG(status.st_mode))
        return 0;
    const int descriptor = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    int failure = read_beginning(descriptor, text);
    if (failure == 0 && begins_like_list(text))
        failure = has_first_line(descriptor, zero, is_list);
    close(descriptor);
    return failure;
}
