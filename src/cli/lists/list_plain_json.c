/* SPDX-License-Identifier: Apache-2.0 */
/* Nearly every line of a list is such an object, and parsing it as JSON takes four times as long. */
#include "lists/list_plain_json.h"

#include <string.h>

#include "util/file_identity.h"

/* A part of the text. */
struct span {
    const char *text;
    size_t size;
};

struct cursor {
    const char *at;
    const char *end;
};

/* Passes these words if they are next. */
static bool skip(struct cursor *cursor, const char *words)
{
    const size_t size = strlen(words);

    if ((size_t)(cursor->end - cursor->at) < size || memcmp(cursor->at, words, size) != 0)
        return false;
    cursor->at += size;
    return true;
}

/* Passes all up to the next quote, and what must follow. */
static bool read_word(struct cursor *cursor, struct span *span, const char *next)
{
    const char *quote = memchr(cursor->at, '"', (size_t)(cursor->end - cursor->at));

    if (quote == NULL)
        return false;
    *span = (struct span){.text = cursor->at, .size = (size_t)(quote - cursor->at)};
    cursor->at = quote;
    return skip(cursor, next);
}

/* The same for a string that may have anything in it but escapes. */
static bool read_string(struct cursor *cursor, struct span *span, const char *next)
{
    bool is_plain = true;

    if (!read_word(cursor, span, next))
        return false;
    for (size_t i = 0; i < span->size; i++)
        is_plain &= span->text[i] != '\\' && (unsigned char)span->text[i] >= ' ';
    return is_plain;
}

/* Passes a number as it is printed, below 10^15, which a double holds exactly. */
static bool read_number(struct cursor *cursor, int64_t *number)
{
    enum { DIGITS_MAX = 15 };
    const bool is_negative = skip(cursor, "-");
    const char *first = cursor->at;
    const char *at = first;
    int64_t value = 0;

    for (; at < cursor->end && *at >= '0' && *at <= '9'; at++) {
        if (at - first == DIGITS_MAX)
            return false;
        value = 10 * value + (*at - '0');
    }
    if (at == first || (*first == '0' && (at - first > 1 || is_negative)))
        return false;
    cursor->at = at;
    *number = is_negative ? -value : value;
    return true;
}

static bool read_time(struct cursor *cursor, const char *seconds, const char *nanoseconds, struct timespec *time)
{
    int64_t sec;
    int64_t nsec;

    if (!skip(cursor, seconds) || !read_number(cursor, &sec) || !skip(cursor, nanoseconds) ||
        !read_number(cursor, &nsec) || nsec < 0 || nsec >= 1000000000)
        return false;
    *time = (struct timespec){.tv_sec = (time_t)sec, .tv_nsec = (long)nsec};
    return true;
}

static bool read_stat(struct cursor *cursor, struct file_record *file)
{
    file->has_times = skip(cursor, ",\"stat\":{");
    return !file->has_times ||
           (read_time(cursor, "\"mtime_sec\":", ",\"mtime_nsec\":", &file->times.modified) &&
            read_time(cursor, ",\"ctime_sec\":", ",\"ctime_nsec\":", &file->times.changed) && skip(cursor, "}"));
}

static bool read_filesize(struct cursor *cursor, struct file_record *file)
{
    int64_t size = 0;

    file->has_filesize = skip(cursor, ",\"filesize\":");
    if (file->has_filesize && (!read_number(cursor, &size) || size < 0))
        return false;
    file->filesize = (uint64_t)size;
    return true;
}

static bool read_datahash(struct cursor *cursor, struct list_entry *line)
{
    char text[ISCC_DATAHASH_SIZE];
    struct span span;

    if (!skip(cursor, ",\"datahash\":\""))
        return true;
    if (!read_word(cursor, &span, "\"") || span.size != sizeof text - 1)
        return false;
    memcpy(text, span.text, span.size);
    text[span.size] = '\0';
    return list_entry_set_datahash(line, text);
}

static bool read_units(struct cursor *cursor, struct list_entry *line)
{
    struct span data;
    struct span instance;

    if (!skip(cursor, ",\"units\":[\""))
        return true;
    return read_word(cursor, &data, "\",\"") && read_word(cursor, &instance, "\"]") &&
           list_entry_set_unit(line, data.text, data.size) && list_entry_set_unit(line, instance.text, instance.size);
}

bool list_plain_json_parse(char *text, size_t size, struct list_entry *line)
{
    const struct list_entry before = *line;
    struct cursor cursor = {.at = text, .end = text + size};
    struct span name;
    struct span code;

    line->is_json = true;
    if (skip(&cursor, "{\"type\":\"file\",\"path\":\"") && read_string(&cursor, &name, "\",\"iscc\":\"") &&
        name.size > 0 && name.text[name.size - 1] != '/' && read_word(&cursor, &code, "\"") &&
        list_entry_set_code(line, code.text, code.size) && read_datahash(&cursor, line) &&
        read_filesize(&cursor, &line->file) && read_units(&cursor, line) && read_stat(&cursor, &line->file) &&
        skip(&cursor, "}") && cursor.at == cursor.end) {
        text[name.text - text + (ptrdiff_t)name.size] = '\0';
        line->file.name = name.text;
        line->file.name_size = name.size;
        return true;
    }
    *line = before;
    return false;
}
