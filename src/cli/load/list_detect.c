/* SPDX-License-Identifier: Apache-2.0 */
/* Detects lists by the beginning of a file. */
#include "load/list_detect.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/long_path.h"
#include "files/open_stream.h"
#include "format/form_comment.h"
#include "lists/list_group.h"
#include "lists/list_hint.h"
#include "lists/list_json.h"
#include "lists/list_reader.h"

enum {
    BEGINNING = 64 * 1024,
    STRAY_LINES = 16 /* how many lines may stand before a list that is noticed */
};

struct beginning {
    int descriptor;
    size_t size;
    char text[BEGINNING]; /* NUL-terminated */
};

/* Reads the first bytes of a file without moving its offset. Returns 0 or an errno value. */
static int read_beginning(struct beginning *beginning)
{
    size_t size = 0;
    ssize_t got = 1;

    while (got != 0 && size < BEGINNING - 1) {
        got = pread(beginning->descriptor, beginning->text + size, BEGINNING - 1 - size, (off_t)size);
        if (got < 0 && errno != EINTR)
            return errno;
        size += got > 0 ? (size_t)got : 0;
    }
    beginning->size = size;
    beginning->text[size] = '\0';
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

/* Whether a line may belong to a list. This avoids reading 16 MiB of a file without line ends. */
static bool line_is_like_list(const char *text)
{
    if (*text == '~' || *text == '=')
        text += 1 + strspn(text + 1, "0123456789 ");
    text += *text == '\\';
    return *text == '{' || strncasecmp(text, "ISCC", 4) == 0;
}

static const char *first_line(const struct beginning *beginning, char terminator)
{
    const char *text = beginning->text;

    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    return skip_ignored_lines(text, beginning->text + beginning->size, terminator);
}

/* Whether the first line that is not ignored may belong to a list. */
static bool begins_like_list(const struct beginning *beginning, char terminator)
{
    const char *text = first_line(beginning, terminator);

    if (text == beginning->text + beginning->size)
        return beginning->size == BEGINNING - 1; /* it may follow */
    return line_is_like_list(text);
}

/* ---- Lines ---- */

/* Whether the first line from an offset on is one of a list. */
static int has_line(const struct beginning *beginning, size_t offset, char terminator, bool *has)
{
    struct list_entry line;

    if (lseek(beginning->descriptor, (off_t)offset, SEEK_SET) < 0)
        return errno;
    struct list_reader *list = list_reader_new(beginning->descriptor, terminator == '\0');
    if (list == NULL)
        return ENOMEM;
    list_reader_read_groups(list);
    const enum list_event event = list_reader_next(list, &line);
    *has = event == LIST_ENTRY || event == LIST_DAMAGED_LINE;
    const int failure = list_reader_failure(list);
    list_reader_free(list);
    return failure;
}

static bool has_type(const char *text, const char *const *types, size_t count)
{
    static const char start[] = "{\"type\":\"";
    const char *type = text + sizeof start - 1;

    if (strncmp(text, start, sizeof start - 1) != 0)
        return false;
    for (size_t i = 0; i < count; i++)
        if (strncmp(type, types[i], strlen(types[i])) == 0 && type[strlen(types[i])] == '"')
            return true;
    return false;
}

/* Whether the list begins with what could not be read or is a part of one, or has no groups. */
static bool begins_without_files(const struct beginning *beginning, char terminator)
{
    static const char *const types[] = {"error"};
    const char *first = first_line(beginning, terminator);
    return has_type(first, types, 1) || list_json_is_comment(first) || list_group_is_summary(first);
}

/* ---- Doubts ---- */

/* An object that this program writes, but not in a list. */
static bool is_other_object(const char *text)
{
    static const char *const types[] = {
        "check",       "code",   "comparison",    "difference", "speed", "summary",
        "strict-tree", "update", "similar_speed", "stats",      "file"}; /* `file` as walk writes it, without a code */
    return has_type(text, types, sizeof types / sizeof types[0]);
}

/* Whether a list begins in one of the lines after the first. */
static int find_stray_lines(const struct beginning *beginning, char terminator, bool *found)
{
    const char *end = beginning->text + beginning->size;
    const char *line = beginning->text;
    int failure = 0;

    for (int i = 0; failure == 0 && !*found && i < STRAY_LINES; i++) {
        line = memchr(line, terminator, (size_t)(end - line));
        if (line == NULL || ++line == end)
            return 0;
        const bool is_whole = memchr(line, terminator, (size_t)(end - line)) != NULL || beginning->size < BEGINNING - 1;
        if (is_whole && line_is_like_list(skip_ignored_lines(line, end, terminator)))
            failure = has_line(beginning, (size_t)(line - beginning->text), terminator, found);
    }
    return failure;
}

/* Why a file that is not read as a list may be meant as one. */
static int doubt_file(const struct beginning *beginning, char terminator, struct list_guess *guess)
{
    const char other = terminator == '\0' ? '\n' : '\0';
    const char *first = first_line(beginning, terminator);
    bool has = false;

    int failure = 0;

    if (memchr(beginning->text, other, beginning->size) != NULL && begins_like_list(beginning, other))
        failure = has_line(beginning, 0, other, &has);
    if (has) {
        guess->doubt = other == '\0' ? HINT_ENDS_WITH_NUL : HINT_ENDS_WITH_NEWLINE;
        return failure;
    }
    if (failure == 0)
        failure = find_stray_lines(beginning, terminator, &has);
    if (has)
        guess->doubt = "its first line is none of a list, but a later one is";
    else if (list_is_like_utf16(beginning->text, beginning->size))
        guess->doubt = HINT_UTF16;
    else if (is_other_object(first))
        guess->doubt = "its first object is none of a list";
    else if (strncasecmp(first, "ISCC:", 5) == 0)
        guess->doubt = "its first line begins as in a list";
    return failure;
}

/* A list without lines keeps its form in a comment (U7). */
static bool is_emptied_list(const struct beginning *beginning, char terminator)
{
    return first_line(beginning, terminator) == beginning->text + beginning->size &&
           strstr(beginning->text, FORM_COMMENT) != NULL;
}

static int guess_file(struct beginning *beginning, char terminator, struct list_guess *guess)
{
    int failure = read_beginning(beginning);

    if (failure == 0 && begins_like_list(beginning, terminator)) {
        guess->is_list = begins_without_files(beginning, terminator);
        if (!guess->is_list)
            failure = has_line(beginning, 0, terminator, &guess->is_list);
    }
    guess->is_list = guess->is_list || (failure == 0 && is_emptied_list(beginning, terminator));
    if (failure == 0 && !guess->is_list)
        failure = doubt_file(beginning, terminator, guess);
    return failure;
}

int list_detect(const char *path, bool zero, struct list_guess *guess)
{
    struct beginning beginning;
    struct stat status;

    *guess = (struct list_guess){.is_list = false};
    if (long_path_stat(NULL, path, &status) != 0)
        return errno;
    guess->is_list = open_stream_number(path, &status) >= 0;
    if (!S_ISREG(status.st_mode))
        return 0;
    beginning.descriptor = long_path_descriptor(NULL, path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (beginning.descriptor < 0)
        return errno;
    const int failure = guess_file(&beginning, zero ? '\0' : '\n', guess);
    close(beginning.descriptor);
    return failure;
}
