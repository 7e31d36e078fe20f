/* SPDX-License-Identifier: Apache-2.0 */
/* Writes one JSON object for each result, with the members described in docs/json.md. */
#include "format/json_lines.h"

#include <string.h>

#include "streams/archive_magic.h"

/* Writes the Text-Code, if there is one, and the ISCC-CODE of the standard that it makes with the other two units. */
static void write_text_code(struct json_writer *json, const char *iscc, const char *text_code)
{
    char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
    char iso[ISCC_CODE_SIZE];
    size_t count;

    if (text_code[0] == '\0' || iscc_decompose(iscc, units, &count) != ISCC_OK || count != 2)
        return;
    const char *const all[] = {text_code, units[0], units[1]};
    if (iscc_gen_iscc_code_v0(all, 3, ISCC_NARROW, iso) != ISCC_OK)
        return;
    json_code(json, "text_code", text_code);
    json_code(json, "iso", iso);
}

/* Omits unknown members; `times` may be NULL. */
static void write_code(struct json_writer *json, const struct format *format, const struct iscc_sum_code *code,
                       const char *text_code, bool has_filesize, const struct file_times *times)
{
    json_code(json, "iscc", code->iscc);
    if (code->datahash[0] != '\0')
        json_code(json, "datahash", code->datahash);
    if (has_filesize)
        json_integer(json, "filesize", code->filesize);
    if (format->units && code->data_code[0] != '\0' && code->instance_code[0] != '\0') {
        json_open_array(json, "units");
        json_code(json, NULL, code->data_code);
        json_code(json, NULL, code->instance_code);
        json_close(json);
    }
    if (format->text)
        write_text_code(json, code->iscc, text_code);
    if (format->stat && times != NULL) {
        json_open_object(json, "stat");
        json_signed(json, "mtime_sec", times->modified.tv_sec);
        json_signed(json, "mtime_nsec", times->modified.tv_nsec);
        json_signed(json, "ctime_sec", times->changed.tv_sec);
        json_signed(json, "ctime_nsec", times->changed.tv_nsec);
        json_close(json);
    }
}

static const char *type_of(const struct job *job)
{
    if (job->failure != 0)
        return "error";
    return job->kind == JOB_TREE ? "tree" : "file";
}

void json_line_job(struct output *output, const struct format *format, const struct job *job, bool with_code)
{
    struct file_times times;
    const char *path = job_failed_path(job);
    struct json_writer json = json_begin(type_of(job));

    json_name(&json, "path", path, path == NULL ? 0 : strlen(path));
    if (job->failure != 0)
        json_failure(&json, job->failure);
    else if (with_code)
        write_code(&json, format, &job->code, job->text_code, true, job_times(job, &times) ? &times : NULL);
    json_end(&json, output, path);
}

void json_line_failure(struct output *output, const char *name, int failure)
{
    struct json_writer json = json_begin("error");

    json_name(&json, "path", name, strlen(name));
    json_failure(&json, failure);
    json_end(&json, output, name);
}

const char *json_type_of_file(const struct file_record *file)
{
    return file_record_is_tree(file) ? "tree" : "file";
}

/* The name, and where a member of an archive stands. A text line does not say how far the name of its archive goes. */
static void write_name(struct json_writer *json, const struct file_record *file)
{
    const struct file_member *member = &file->member;
    const size_t start = (size_t)member->archive_size + 2;

    json_name(json, "path", file->name, file->name_size);
    if (!file->is_member || member->archive_size == 0)
        return;
    json_name(json, "archive", file->name, member->archive_size);
    if (start <= file->name_size)
        json_name(json, "member", file->name + start, file->name_size - start);
    if (member->entry > 0)
        json_integer(json, "entry", member->entry);
    if (member->link > 0)
        json_integer(json, "link", member->link);
    if (archive_magic_name(member->format) != NULL)
        json_string(json, "format", archive_magic_name(member->format));
}

static void write_file_code(struct json_writer *json, const struct format *format, const struct file_record *file)
{
    struct iscc_sum_code code;
    char text_code[ISCC_CODE_SIZE];

    file_record_code(file, format->units, &code);
    file_record_text_code(file, text_code);
    write_code(json, format, &code, text_code, file->has_filesize, file->has_times ? &file->times : NULL);
}

void json_file(struct json_writer *json, const struct format *format, const struct file_record *file)
{
    write_name(json, file);
    write_file_code(json, format, file);
}

void json_line_file(struct output *output, const struct format *format, const struct file_record *file)
{
    struct json_writer json = json_begin(file->failure != 0 ? "error" : json_type_of_file(file));

    write_name(&json, file);
    if (file->failure != 0)
        json_failure(&json, file->failure);
    else
        write_file_code(&json, format, file);
    json_end(&json, output, file->name);
}
