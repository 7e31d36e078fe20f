/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON object for each group, or for each of the nearest files; docs/json.md describes the members. */
#include "format/json_lines.h"
#include "output/json_writer.h"
#include "similar/similar_text.h"

static bool add_distance(cJSON *object, const struct catalogue *catalogue, const struct neighbour *neighbour)
{
    return json_add_integer(object, "distance", neighbour->distance) &&
           cJSON_AddBoolToObject(object, "identical", neighbour_is_identical(catalogue, neighbour)) != NULL;
}

static bool add_members(cJSON *array, const struct similar_format *format, const struct catalogue *catalogue,
                        const struct neighbour *group, size_t size)
{
    for (size_t i = 1; i < size; i++) {
        const struct catalogue_file *file = &catalogue->files[group[i].file];
        cJSON *member = cJSON_CreateObject();
        if (!cJSON_AddItemToArray(array, member)) {
            cJSON_Delete(member);
            return false;
        }
        if (!json_add_file(member, json_type_of_file(file), &format->line, file) ||
            !add_distance(member, catalogue, &group[i]))
            return false;
    }
    return true;
}

void similar_json_group(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                        const struct neighbour *group, size_t size)
{
    const struct catalogue_file *reference = &catalogue->files[group->file];
    cJSON *object = json_object("group");
    cJSON *part = NULL;
    bool made = object != NULL;

    made = made && (part = cJSON_AddObjectToObject(object, "reference")) != NULL &&
           json_add_file(part, json_type_of_file(reference), &format->line, reference);
    made = made && (part = cJSON_AddArrayToObject(object, "members")) != NULL &&
           add_members(part, format, catalogue, group, size);
    made = made && json_add_integer(object, "bits", format->bits) &&
           json_add_integer(object, "threshold", format->threshold);
    json_write(output, object, made, format_terminator(&format->line), reference->name);
}

void similar_json_near(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                       const struct neighbour *neighbour)
{
    const struct catalogue_file *file = &catalogue->files[neighbour->file];
    cJSON *object = cJSON_CreateObject();
    const bool made = object != NULL && json_add_file(object, "near", &format->line, file) &&
                      add_distance(object, catalogue, neighbour) && json_add_integer(object, "bits", format->bits);

    json_write(output, object, made, format_terminator(&format->line), file->name);
}
