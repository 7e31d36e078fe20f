/* SPDX-License-Identifier: Apache-2.0 */
/* Parsing of JSON lines: docs/check-rules.md, R7. */
#include "lists/list_json.h"

#include <cjson/cJSON.h>
#include <stdint.h>
#include <string.h>

#include "lists/json_limits.h"
#include "lists/list_plain_json.h"
#include "lists/record_reader.h"
#include "streams/archive_magic.h"
#include "util/base64.h"
#include "util/failure.h"

/* cJSON ends strings at \u0000, so a name containing one would become a different name. */
static bool has_nul(const char *text, size_t size)
{
    if (memchr(text, '\0', size) != NULL)
        return true;
    for (const char *at = strchr(text, '\\'); at != NULL; at = strchr(at + 2, '\\')) {
        if (strncmp(at + 1, "u0000", 5) == 0)
            return true;
        if (at[1] == '\0')
            break;
    }
    return false;
}

static char *string_of(const cJSON *object, const char *member)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, member));
}

/* Returns a name, which the object owns, or NULL. */
static const char *read_name(const cJSON *object, const char *member, const char *encoded, size_t *size)
{
    const bool is_encoded = cJSON_GetObjectItemCaseSensitive(object, encoded) != NULL;
    char *name = string_of(object, is_encoded ? encoded : member);

    if (name == NULL || (is_encoded && !base64_decode(name, size)))
        return NULL;
    if (!is_encoded)
        *size = strlen(name);
    return strlen(name) == *size ? name : NULL;
}

static bool read_datahash(const cJSON *object, struct list_entry *line)
{
    const cJSON *datahash = cJSON_GetObjectItemCaseSensitive(object, "datahash");
    const char *text = cJSON_GetStringValue(datahash);
    return datahash == NULL || (text != NULL && list_entry_set_datahash(line, text));
}

static bool read_filesize(const cJSON *object, const char *text, struct file_record *file)
{
    file->has_filesize = cJSON_GetObjectItemCaseSensitive(object, "filesize") != NULL;
    return !file->has_filesize || json_integer_read(object, text, "filesize", &file->filesize);
}

/* Reads an integer in [least, end); a double must hold both exactly. */
static bool read_integer(const cJSON *object, const char *member, int64_t least, int64_t end, int64_t *value)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, member);

    if (!cJSON_IsNumber(number) || !(number->valuedouble >= (double)least && number->valuedouble < (double)end))
        return false;
    *value = (int64_t)number->valuedouble;
    return (double)*value == number->valuedouble;
}

static bool read_time(const cJSON *stat, const char *seconds, const char *nanoseconds, struct timespec *time)
{
    int64_t sec;
    int64_t nsec;

    if (!read_integer(stat, seconds, 1 - (int64_t)FILE_TIMES_SECONDS_MAX, FILE_TIMES_SECONDS_MAX, &sec) ||
        !read_integer(stat, nanoseconds, 0, 1000000000, &nsec))
        return false;
    *time = (struct timespec){.tv_sec = (time_t)sec, .tv_nsec = (long)nsec};
    return true;
}

static bool read_stat(const cJSON *object, struct file_record *file)
{
    const cJSON *stat = cJSON_GetObjectItemCaseSensitive(object, "stat");

    file->has_times = stat != NULL;
    return stat == NULL || (cJSON_IsObject(stat) && read_time(stat, "mtime_sec", "mtime_nsec", &file->times.modified) &&
                            read_time(stat, "ctime_sec", "ctime_nsec", &file->times.changed));
}

static bool read_units(const cJSON *object, struct list_entry *line)
{
    const cJSON *units = cJSON_GetObjectItemCaseSensitive(object, "units");
    const cJSON *unit;

    if (units == NULL)
        return true;
    cJSON_ArrayForEach(unit, units)
    {
        const char *text = cJSON_GetStringValue(unit);
        if (text == NULL || !list_entry_set_unit(line, text, strlen(text)))
            return false;
    }
    return cJSON_IsArray(units);
}

/* Reads what --text adds. */
static bool read_text(const cJSON *object, struct list_entry *line)
{
    const cJSON *unit = cJSON_GetObjectItemCaseSensitive(object, "text_code");
    const cJSON *composite = cJSON_GetObjectItemCaseSensitive(object, "iso");
    const char *code = cJSON_GetStringValue(unit);
    const char *iso = cJSON_GetStringValue(composite);

    return (unit == NULL ||
            (code != NULL && list_entry_set_unit(line, code, strlen(code)) && line->file.text_bits > 0)) &&
           (composite == NULL || (iso != NULL && list_entry_set_text_iscc(line, iso)));
}

static bool read_result(const cJSON *object, const char *text, struct list_entry *line)
{
    const char *code = string_of(object, "iscc");

    return code != NULL && list_entry_set_code(line, code, strlen(code)) && read_datahash(object, line) &&
           read_filesize(object, text, &line->file) && (line->file.is_member || read_stat(object, &line->file)) &&
           read_units(object, line) && read_text(object, line);
}

/* Reads where a member of an archive stands; the name of its archive is the beginning of its own. */
static bool read_member(const cJSON *object, const char *text, struct file_record *file, const char *name)
{
    const char *format = string_of(object, "format");
    size_t size = 0;

    file->is_member = cJSON_GetObjectItemCaseSensitive(object, "archive") != NULL;
    if (!file->is_member)
        return true;
    const char *archive = read_name(object, "archive", "archive_b64", &size);
    if (archive == NULL || size == 0 || size > UINT32_MAX || strncmp(name, archive, size) != 0 ||
        (name[size] != '\0' && strncmp(name + size, "!/", 2) != 0))
        return false;
    file->member = (struct file_member){.archive_size = (uint32_t)size};
    if (format != NULL)
        file->member.format = (uint8_t)archive_magic_of_name(format);
    return (cJSON_GetObjectItemCaseSensitive(object, "entry") == NULL ||
            json_integer_read(object, text, "entry", &file->member.entry)) &&
           (cJSON_GetObjectItemCaseSensitive(object, "link") == NULL ||
            json_integer_read(object, text, "link", &file->member.link));
}

static bool read_failure(const cJSON *object, struct file_record *file)
{
    const char *code = string_of(object, "code");

    if (code != NULL)
        file->failure = (int16_t)failure_of_code(code);
    return code != NULL;
}

static bool is_string_or_missing(const cJSON *object, const char *member)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, member);
    return item == NULL || cJSON_IsString(item);
}

static bool has_only_strings(const cJSON *array)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, array)
    {
        if (!cJSON_IsString(item))
            return false;
    }
    return array == NULL || cJSON_IsArray(array);
}

/* Whether everything in the object is as it should be, except that a code is none. */
static bool is_damaged(const cJSON *object, const char *text, struct file_record *file)
{
    return string_of(object, "iscc") != NULL && is_string_or_missing(object, "datahash") &&
           is_string_or_missing(object, "text_code") && is_string_or_missing(object, "iso") &&
           has_only_strings(cJSON_GetObjectItemCaseSensitive(object, "units")) && read_filesize(object, text, file) &&
           (file->is_member || read_stat(object, file));
}

/* Sets the name, which the object owns; to NULL if the line is bad. Only an operand that could not be opened may have
 * an empty one. */
static enum parse_result read_object(const cJSON *object, const char *text, struct list_entry *line, const char **name)
{
    struct file_record *file = &line->file;
    enum parse_result result = PARSE_BAD;

    const char *type = string_of(object, "type");
    *name = cJSON_IsObject(object) && type != NULL ? read_name(object, "path", "path_b64", &file->name_size) : NULL;
    if (*name == NULL)
        return PARSE_BAD;
    if (!read_member(object, text, file, *name))
        result = PARSE_BAD;
    else if (strcmp(type, "error") == 0)
        result = read_failure(object, file) ? PARSE_GOOD : PARSE_BAD;
    else if (file->name_size == 0 || strcmp(type, (*name)[file->name_size - 1] != '/' ? "file" : "tree") != 0)
        result = PARSE_BAD;
    else if (read_result(object, text, line))
        result = PARSE_GOOD;
    else if (is_damaged(object, text, file))
        result = PARSE_DAMAGED;
    if (result == PARSE_BAD)
        *name = NULL;
    return result;
}

bool list_json_is_comment(const char *text)
{
    static const char start[] = "{\"type\":\"";
    const char *type = text + sizeof start - 1;

    return strncmp(text, start, sizeof start - 1) == 0 &&
           (strncmp(type, "shard", 5) == 0 || strncmp(type, "resume\"", 7) == 0);
}

cJSON *list_json_open(const char *text, size_t size, bool *no_memory)
{
    const char *end = NULL;

    *no_memory = false;
    if (has_nul(text, size))
        return NULL;
    json_memory_limit(RECORD_JSON_MAX);
    cJSON *object = cJSON_ParseWithOpts(text, &end, true);
    *no_memory = json_memory_unlimit();
    return object;
}

const char *list_json_read_file(const cJSON *object, const char *text, struct list_entry *line)
{
    const char *name;

    return read_object(object, text, line, &name) == PARSE_GOOD ? name : NULL;
}

enum parse_result list_json_parse(char *text, size_t size, struct list_entry *line)
{
    const char *name;
    bool no_memory;

    if (list_plain_json_parse(text, size, line))
        return PARSE_GOOD;
    line->is_json = true;
    cJSON *object = list_json_open(text, size, &no_memory);
    const enum parse_result result = read_object(object, text, line, &name);
    /* It fits, because a JSON string is never shorter than its value. */
    if (name != NULL)
        line->file.name = memcpy(text, name, line->file.name_size + 1);
    cJSON_Delete(object);
    return name == NULL && no_memory ? PARSE_NO_MEMORY : result;
}
