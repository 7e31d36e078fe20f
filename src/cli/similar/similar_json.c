/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON object for each group, or for each of the nearest files; docs/json.md describes the members. */
#include "format/json_lines.h"
#include "output/json_writer.h"
#include "similar/similar_report.h"

static void write_file(struct json_writer *json, const char *member, const struct similar_format *format,
                       const struct file_record *file)
{
    json_open_object(json, member);
    json_string(json, "type", json_type_of_file(file));
    json_file(json, &format->line, file);
    if (format->across)
        json_integer(json, "operand", file->operand + 1);
}

static void write_distance(struct json_writer *json, const struct catalogue *catalogue,
                           const struct neighbour *neighbour)
{
    json_integer(json, "distance", neighbour->distance);
    json_bool(json, "identical", neighbour_is_identical(catalogue, neighbour));
}

/* Only if these are not Data-Codes. */
static void write_by(struct json_writer *json, const struct similar_format *format)
{
    if (format->by == NEAR_BY_TEXT)
        json_string(json, "by", "text");
}

static void write_name(struct json_writer *json, const char *member, const struct file_record *file)
{
    json_name(json, member, file->name, file->name_size);
}

void similar_json_group(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                        const struct neighbour *group, size_t size)
{
    const struct file_record *reference = &catalogue->files[group->file];
    struct json_writer json = json_begin("group");

    write_file(&json, "reference", format, reference);
    json_close(&json);
    json_open_array(&json, "members");
    for (size_t i = 1; i < size; i++) {
        write_file(&json, NULL, format, &catalogue->files[group[i].file]);
        write_distance(&json, catalogue, &group[i]);
        if (group[i].same_file != group[i].file)
            write_name(&json, "link_of", &catalogue->files[group[i].same_file]);
        else if (neighbour_is_copy(&group[i]))
            write_name(&json, "copy_of", &catalogue->files[group[i].original]);
        json_close(&json);
    }
    json_close(&json);
    write_by(&json, format);
    json_integer(&json, "bits", format->bits);
    json_integer(&json, "threshold", format->threshold);
    json_end(&json, output, reference->name);
}

void similar_json_copies(struct output *output, const struct copies_count *count)
{
    struct json_writer json = json_begin("summary");

    json_integer(&json, "groups", count->groups);
    json_integer(&json, "files", count->files);
    json_integer(&json, "links", count->links);
    json_integer(&json, "bytes", count->bytes);
    json_end(&json, output, NULL);
}

void similar_json_near(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                       const struct neighbour *neighbour)
{
    const struct file_record *file = &catalogue->files[neighbour->file];
    struct json_writer json = json_begin("near");

    json_file(&json, &format->line, file);
    write_distance(&json, catalogue, neighbour);
    write_by(&json, format);
    json_integer(&json, "bits", format->bits);
    json_end(&json, output, file->name);
}
