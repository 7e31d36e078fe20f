/* SPDX-License-Identifier: Apache-2.0 */
/* Takes groups apart: the reference, then the members. */
#include "lists/list_group.h"

#include <stdint.h>
#include <string.h>

#include "lists/list_json.h"

/* The type of a near file says nothing about its kind; its name does. */
static void set_type(cJSON *type, const cJSON *object)
{
    static const char file[] = "file";
    const char *path = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "path"));
    const bool is_tree = path != NULL && path[0] != '\0' && path[strlen(path) - 1] == '/';

    memcpy(type->valuestring, is_tree ? "tree" : file, sizeof file);
}

/* Returns false if the object is neither a group nor a near file. */
static bool find_files(struct list_group *group)
{
    const cJSON *object = group->object;
    cJSON *type = cJSON_GetObjectItemCaseSensitive(object, "type");
    const char *word = cJSON_GetStringValue(type);
    const cJSON *members = cJSON_GetObjectItemCaseSensitive(object, "members");

    if (word != NULL && strcmp(word, "near") == 0) {
        set_type(type, object);
        group->file = object;
    } else if (word != NULL && strcmp(word, "group") == 0 && cJSON_IsArray(members)) {
        group->file = cJSON_GetObjectItemCaseSensitive(object, "reference");
        group->rest = members->child;
    }
    return group->file != NULL;
}

enum parse_result list_group_parse(struct list_group *group, const char *text, size_t size)
{
    bool no_memory;

    list_group_free(group);
    group->object = list_json_open(text, size, &no_memory);
    if (group->object != NULL && find_files(group))
        return PARSE_GOOD;
    list_group_free(group);
    return no_memory ? PARSE_NO_MEMORY : PARSE_BAD;
}

bool list_group_is_summary(const char *text)
{
    static const char start[] = "{\"type\":\"summary\",\"groups\":";
    return strncmp(text, start, sizeof start - 1) == 0;
}

bool list_group_next(struct list_group *group, struct list_entry *line)
{
    const cJSON *file = group->file;
    const char *name = list_json_read_file(file, "", line);

    group->file = group->rest;
    group->rest = group->rest == NULL ? NULL : group->rest->next;
    line->is_json = true;
    line->file.name = name;
    /* The digits of a size in a nested object are not found, and above 2^53 the number alone is not exact. */
    line->file.has_filesize = line->file.has_filesize && line->file.filesize < UINT64_C(1) << 53;
    return name != NULL && line->file.failure == 0;
}

void list_group_free(struct list_group *group)
{
    cJSON_Delete(group->object);
    *group = (struct list_group){.object = NULL};
}
