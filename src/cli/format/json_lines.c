/* SPDX-License-Identifier: Apache-2.0 */
/* JSON Lines: one object for each result; docs/json.md describes the members. */
#include "format/json_lines.h"

#include <string.h>

#include "output/json_writer.h"

static bool add_units(cJSON *object, const struct iscc_sum_code *code)
{
    const char *const units[] = {code->data_code, code->instance_code};
    cJSON *array = cJSON_CreateStringArray(units, 2);

    if (cJSON_AddItemToObject(object, "units", array))
        return true;
    cJSON_Delete(array);
    return false;
}

static bool add_code(cJSON *object, const struct format *format, const struct iscc_sum_code *code)
{
    return cJSON_AddStringToObject(object, "iscc", code->iscc) != NULL &&
           cJSON_AddStringToObject(object, "datahash", code->datahash) != NULL &&
           json_add_integer(object, "filesize", code->filesize) && (!format->units || add_units(object, code));
}

static bool add_times(cJSON *object, const struct file_times *times)
{
    cJSON *stat = cJSON_AddObjectToObject(object, "stat");

    return stat != NULL && json_add_signed(stat, "mtime_sec", times->modified.tv_sec) &&
           json_add_signed(stat, "mtime_nsec", times->modified.tv_nsec) &&
           json_add_signed(stat, "ctime_sec", times->changed.tv_sec) &&
           json_add_signed(stat, "ctime_nsec", times->changed.tv_nsec);
}

static const char *type_of(const struct job *job)
{
    if (job->failure != 0)
        return "error";
    return job->kind == JOB_TREE ? "tree" : "file";
}

static void write_object(struct output *output, const struct format *format, const struct job *job, bool with_code)
{
    struct file_times times;
    cJSON *object = json_object(type_of(job));
    bool made = object != NULL && json_add_name(object, "path", job->path, job->path_size);

    if (made && job->failure != 0)
        made = json_add_failure(object, job->failure);
    else if (made && with_code)
        made = add_code(object, format, &job->code) &&
               (!format->stat || !job_times(job, &times) || add_times(object, &times));
    json_write(output, object, made, format_terminator(format), job->path);
}

void json_line_result(struct output *output, const struct format *format, const struct job *job)
{
    write_object(output, format, job, true);
}

void json_line_name(struct output *output, const struct format *format, const struct job *job)
{
    write_object(output, format, job, false);
}

void json_line_failure(struct output *output, const struct format *format, const char *name, int failure)
{
    cJSON *object = json_object("error");
    const char *path = name == NULL ? "" : name;
    const bool made =
        object != NULL && json_add_name(object, "path", path, strlen(path)) && json_add_failure(object, failure);

    json_write(output, object, made, format_terminator(format), name);
}

const char *json_type_of_file(const struct catalogue_file *file)
{
    return catalogue_is_tree(file) ? "tree" : "file";
}

bool json_add_file(cJSON *object, const char *type, const struct format *format, const struct catalogue_file *file)
{
    struct iscc_sum_code code;

    catalogue_file_code(file, &code);
    const bool has_units = code.data_code[0] != '\0' && code.instance_code[0] != '\0';
    return cJSON_AddStringToObject(object, "type", type) != NULL &&
           json_add_name(object, "path", file->name, file->name_size) &&
           cJSON_AddStringToObject(object, "iscc", code.iscc) != NULL &&
           (code.datahash[0] == '\0' || cJSON_AddStringToObject(object, "datahash", code.datahash) != NULL) &&
           (!file->has_filesize || json_add_integer(object, "filesize", file->filesize)) &&
           (!format->units || !has_units || add_units(object, &code)) &&
           (!format->stat || !file->has_times || add_times(object, &file->times));
}

void json_line_file(struct output *output, const struct format *format, const struct catalogue_file *file)
{
    cJSON *object = cJSON_CreateObject();
    const bool made = object != NULL && json_add_file(object, json_type_of_file(file), format, file);

    json_write(output, object, made, format_terminator(format), file->name);
}
