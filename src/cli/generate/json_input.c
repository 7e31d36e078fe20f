/* SPDX-License-Identifier: Apache-2.0 */
/* Checks and converts values of JSON. */
#include "generate/json_input.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool read_number(const cJSON *item, const struct json_input_numbers *form, int32_t *value)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= (double)form->least && item->valuedouble <= (double)form->most))
        return false;
    const int64_t number = (int64_t)item->valuedouble;
    *value = (int32_t)(number > INT32_MAX ? number - (INT64_C(1) << 32) : number);
    return (double)number == item->valuedouble;
}

/* Reads the numbers of one element. */
static bool read_element(const cJSON *element, const struct json_input_numbers *form, int32_t *values)
{
    const cJSON *number = form->width > 1 ? element->child : element;

    if (form->width > 1 && (!cJSON_IsArray(element) || (size_t)cJSON_GetArraySize(element) != form->width))
        return false;
    for (size_t i = 0; i < form->width; i++, number = number->next)
        if (!read_number(number, form, &values[i]))
            return false;
    return true;
}

const char *json_input_numbers(const cJSON *list, const struct json_input_numbers *form, int32_t **values,
                               size_t *count)
{
    const cJSON *element;
    size_t done = 0;

    *values = NULL;
    if (!cJSON_IsArray(list))
        return "it is not an array of numbers";
    *count = (size_t)cJSON_GetArraySize(list);
    *values = calloc(*count + 1, form->width * sizeof **values);
    if (*values == NULL)
        return strerror(ENOMEM);
    cJSON_ArrayForEach(element, list)
    {
        if (!read_element(element, form, *values + done++ * form->width))
            return form->width > 1 ? "a frame does not have 380 whole numbers"
                                   : "a number is not whole or out of range";
    }
    return NULL;
}

/* cJSON reads a number that is out of the range of a double as infinite, and prints it as null. */
static bool is_finite(const cJSON *item)
{
    const cJSON *child;

    if (cJSON_IsNumber(item) && !isfinite(item->valuedouble))
        return false;
    cJSON_ArrayForEach(child, item)
    {
        if (!is_finite(child))
            return false;
    }
    return true;
}

const char *json_input_meta(const cJSON *meta, struct generate_meta_input *input, char **printed)
{
    *printed = NULL;
    input->is_json = cJSON_IsObject(meta);
    if (meta == NULL || cJSON_IsNull(meta))
        return NULL;
    if (!input->is_json) {
        input->meta = cJSON_GetStringValue(meta);
        return input->meta == NULL ? iscc_strerror(ISCC_ERROR_META) : NULL;
    }
    if (!is_finite(meta))
        return "a number of the metadata exceeds the range of a double";
    *printed = cJSON_PrintUnformatted(meta);
    input->meta = *printed;
    return *printed == NULL ? strerror(ENOMEM) : NULL;
}

static bool read_text(const cJSON *object, const char *member, const char **text)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, member);

    *text = cJSON_GetStringValue(item);
    return *text != NULL || item == NULL || cJSON_IsNull(item);
}

const char *json_input_object(const cJSON *object, struct generate_meta_input *input, char **printed)
{
    *printed = NULL;
    if (!cJSON_IsObject(object) || !read_text(object, "name", &input->name) ||
        !read_text(object, "description", &input->description))
        return "it is not a JSON object with a name and, if there is one, a description";
    return json_input_meta(cJSON_GetObjectItemCaseSensitive(object, "meta"), input, printed);
}
