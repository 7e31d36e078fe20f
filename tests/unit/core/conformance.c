/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the standard's conformance file. */
#include "core/conformance.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/unit.h"

#define FILE_SIZE_MAX ((size_t)1 << 24)

/* The whole file, or NULL where it cannot be read. */
static cJSON *read_json(const char *name)
{
    cJSON *json = NULL;
    char *text = malloc(FILE_SIZE_MAX);
    FILE *file = fopen(name, "rb");

    if (text != NULL && file != NULL) {
        size_t size = fread(text, 1, FILE_SIZE_MAX, file);
        if (!ferror(file))
            json = cJSON_ParseWithLength(text, size);
    }
    if (file != NULL)
        fclose(file);
    free(text);
    return json;
}

/* A folder that is named and lacks the file is a mistake; none that is named is not. */
int conformance_open(void **state)
{
    const char *shared = getenv("ISCC_SHARED");
    char name[4096];

    *state = NULL;
    if (shared == NULL || shared[0] == '\0')
        return 0;
    if (snprintf(name, sizeof name, "%s/vectors/iscc-core-data.json", shared) >= (int)sizeof name)
        return -1;
    *state = read_json(name);
    return *state != NULL ? 0 : -1;
}

int conformance_close(void **state)
{
    cJSON_Delete(*state);
    return 0;
}

/* The cases of a function; ends the test as skipped where there is no file. */
const cJSON *conformance_cases(void **state, const char *function)
{
    if (*state == NULL)
        skip();
    const cJSON *cases = cJSON_GetObjectItemCaseSensitive(*state, function);
    assert_true(cJSON_IsObject(cases));
    assert_true(cJSON_GetArraySize(cases) > 0);
    return cases;
}

const cJSON *conformance_input(const cJSON *item, int index)
{
    const cJSON *input = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(item, "inputs"), index);

    assert_non_null(input);
    return input;
}

const cJSON *conformance_output(const cJSON *item, const char *name)
{
    const cJSON *output = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(item, "outputs"), name);

    assert_non_null(output);
    return output;
}

const char *conformance_code(const cJSON *item)
{
    const char *code = cJSON_GetStringValue(conformance_output(item, "iscc"));

    assert_non_null(code);
    return code;
}
