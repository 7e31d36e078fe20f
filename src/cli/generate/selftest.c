/* SPDX-License-Identifier: Apache-2.0 */
/* Calls the functions with the inputs of each case and compares every field of the outputs. */
#include "generate/selftest.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate/generate_file.h"
#include "generate/json_input.h"
#include "util/failure.h"
#include "util/message.h"

struct tally {
    struct output *output;
    bool is_quiet;
    bool is_incomplete; /* memory was short for a case, which a message says */
    unsigned passed;
    unsigned cases;
};

static const cJSON *input_of(const cJSON *item, int index)
{
    return cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(item, "inputs"), index);
}

/* The number of bits is the last input. */
static unsigned bits_of(const cJSON *item)
{
    const cJSON *inputs = cJSON_GetObjectItemCaseSensitive(item, "inputs");
    const cJSON *bits = cJSON_GetArrayItem(inputs, cJSON_GetArraySize(inputs) - 1);

    return cJSON_IsNumber(bits) && bits->valuedouble >= 0 && bits->valuedouble <= 256 ? (unsigned)bits->valuedouble : 0;
}

/* ---- The functions ---- */

static const char *reason_of(iscc_status status)
{
    if (status == ISCC_ERROR_MEMORY)
        return strerror(ENOMEM);
    return status == ISCC_OK ? NULL : iscc_strerror(status);
}

static const char *run_text(struct generated *result, const cJSON *item)
{
    const char *text = cJSON_GetStringValue(input_of(item, 0));
    iscc_text_hasher *hasher = NULL;

    if (text == NULL)
        return "the first input is not a text";
    iscc_status status = iscc_text_hasher_new(&hasher);
    if (status == ISCC_OK)
        status = iscc_text_hasher_update(hasher, text, strlen(text));
    if (status == ISCC_OK)
        status = generate_text(result, hasher, bits_of(item));
    iscc_text_hasher_free(hasher);
    return reason_of(status);
}

static const char *run_meta(struct generated *result, const cJSON *item)
{
    struct generate_meta_input input = {.name = cJSON_GetStringValue(input_of(item, 0)),
                                        .description = cJSON_GetStringValue(input_of(item, 1))};
    char *printed;

    const char *reason = json_input_meta(input_of(item, 2), &input, &printed);
    if (reason == NULL)
        reason = reason_of(generate_meta(result, &input, bits_of(item)));
    cJSON_free(printed);
    return reason;
}

static const char *run_image(struct generated *result, const cJSON *item)
{
    enum { PIXELS = 1024 };
    uint8_t pixels[PIXELS];
    int32_t *values;
    size_t count;

    const char *reason = json_input_numbers(
        input_of(item, 0), &(struct json_input_numbers){.width = 1, .most = UINT8_MAX}, &values, &count);
    if (reason == NULL && count != PIXELS)
        reason = "an image does not have 1,024 pixels";
    for (size_t i = 0; reason == NULL && i < PIXELS; i++)
        pixels[i] = (uint8_t)values[i];
    free(values);
    return reason != NULL ? reason : reason_of(generate_image(result, pixels, bits_of(item)));
}

static const char *run_audio(struct generated *result, const cJSON *item)
{
    const struct json_input_numbers form = {.width = 1, .least = INT32_MIN, .most = INT32_MAX};
    int32_t *features;
    size_t count;

    const char *reason = json_input_numbers(input_of(item, 0), &form, &features, &count);
    if (reason == NULL)
        reason = reason_of(generate_audio(result, features, count, bits_of(item)));
    free(features);
    return reason;
}

static const char *run_video(struct generated *result, const cJSON *item)
{
    const struct json_input_numbers form = {.width = ISCC_VIDEO_FRAME, .least = INT32_MIN, .most = INT32_MAX};
    int32_t *frames;
    size_t count;

    const char *reason = json_input_numbers(input_of(item, 0), &form, &frames, &count);
    if (reason == NULL)
        reason = reason_of(generate_video(result, frames, count, bits_of(item)));
    free(frames);
    return reason;
}

/* `codes` must outlive the result; the caller frees it. */
static const char *run_codes(struct generated *result, const cJSON *item, bool is_mixed, const char ***codes)
{
    const cJSON *list = input_of(item, 0);
    const cJSON *code;
    size_t count = 0;

    *codes = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof **codes);
    if (*codes == NULL)
        return strerror(ENOMEM);
    cJSON_ArrayForEach(code, list)
    {
        (*codes)[count] = cJSON_GetStringValue(code);
        if ((*codes)[count++] == NULL)
            return "an input is not a code";
    }
    return reason_of(is_mixed ? generate_mixed(result, *codes, count, bits_of(item))
                              : generate_iscc(result, *codes, count));
}

/* Decodes `stream:` and hexadecimal digits in place. Returns NULL if it is anything else. */
static const char *decode_stream(char *text, size_t *size)
{
    static const char prefix[] = "stream:";
    char *out = text;

    if (text == NULL || strncmp(text, prefix, sizeof prefix - 1) != 0)
        return NULL;
    for (const char *in = text + sizeof prefix - 1; *in != '\0'; in += 2) {
        char digits[3] = {in[0], in[1], '\0'};
        if (strspn(digits, "0123456789abcdefABCDEF") != 2)
            return NULL;
        *out++ = (char)strtoul(digits, NULL, 16);
    }
    *size = (size_t)(out - text);
    return text;
}

static const char *run_stream(struct generated *result, const cJSON *item, bool is_data)
{
    iscc_data_hasher *data = NULL;
    iscc_instance_hasher *instance = NULL;
    size_t size;

    const char *bytes = decode_stream(cJSON_GetStringValue(input_of(item, 0)), &size);
    if (bytes == NULL)
        return "the first input is not a stream in hexadecimal";
    iscc_status status = is_data ? iscc_data_hasher_new(&data) : iscc_instance_hasher_new(&instance);
    if (status == ISCC_OK)
        status =
            is_data ? iscc_data_hasher_update(data, bytes, size) : iscc_instance_hasher_update(instance, bytes, size);
    if (status == ISCC_OK)
        status =
            is_data ? generate_data(result, data, bits_of(item)) : generate_instance(result, instance, bits_of(item));
    iscc_data_hasher_free(data);
    iscc_instance_hasher_free(instance);
    return reason_of(status);
}

/* Returns NULL, or why there is no result. */
static const char *run_function(enum generate_kind kind, struct generated *result, const cJSON *item,
                                const char ***codes)
{
    static const char *(*const functions[GENERATE_KINDS])(struct generated *, const cJSON *) = {
        [GENERATE_TEXT] = run_text,   [GENERATE_META] = run_meta,   [GENERATE_IMAGE] = run_image,
        [GENERATE_AUDIO] = run_audio, [GENERATE_VIDEO] = run_video,
    };

    if (functions[kind] != NULL)
        return functions[kind](result, item);
    if (kind == GENERATE_DATA || kind == GENERATE_INSTANCE)
        return run_stream(result, item, kind == GENERATE_DATA);
    return run_codes(result, item, kind == GENERATE_MIXED, codes);
}

/* ---- The comparison ---- */

static bool is_field(const struct generated_field *field, const cJSON *expected)
{
    const char *text = cJSON_GetStringValue(expected);

    if (field->text != NULL)
        return text != NULL && strcmp(field->text, text) == 0;
    if (field->texts == NULL)
        return cJSON_IsNumber(expected) && expected->valuedouble == (double)field->number;
    if (!cJSON_IsArray(expected) || (size_t)cJSON_GetArraySize(expected) != field->number)
        return false;
    for (size_t i = 0; i < field->number; i++) {
        text = cJSON_GetStringValue(cJSON_GetArrayItem(expected, (int)i));
        if (text == NULL || strcmp(field->texts[i], text) != 0)
            return false;
    }
    return true;
}

/* Returns the name of the first field that one of the two lacks or that differs, or NULL. */
static const char *find_difference(const struct generated *result, const cJSON *outputs)
{
    const cJSON *item;

    for (size_t i = 0; i < result->count; i++)
        if (!is_field(&result->fields[i], cJSON_GetObjectItemCaseSensitive(outputs, result->fields[i].name)))
            return result->fields[i].name;
    cJSON_ArrayForEach(item, outputs)
    {
        size_t i = 0;
        while (i < result->count && strcmp(result->fields[i].name, item->string) != 0)
            i++;
        if (i == result->count)
            return item->string;
    }
    return NULL;
}

static void write_failure(struct tally *tally, const char *function, const char *name, const char *what,
                          const char *reason)
{
    char line[512];

    snprintf(line, sizeof line, "FAILED %.80s %.160s: %.20s%.200s\n", function, name, what, reason);
    output_string(tally->output, line);
    status_raise(STATUS_DIFFERENT);
}

/* Returns the kind of a function that is called gen_KIND_code_v0, or GENERATE_KINDS. */
static enum generate_kind kind_of_function(const char *name)
{
    static const char prefix[] = "gen_";
    static const char suffix[] = "_code_v0";
    const size_t size = strlen(name);
    const size_t least = sizeof prefix + sizeof suffix - 2;

    if (size <= least || strncmp(name, prefix, sizeof prefix - 1) != 0 ||
        strcmp(name + size - (sizeof suffix - 1), suffix) != 0)
        return GENERATE_KINDS;
    return generate_kind_of(name + sizeof prefix - 1, size - least);
}

static void run_case(struct tally *tally, const char *function, const char *name, const cJSON *item)
{
    const enum generate_kind kind = kind_of_function(function);
    struct generated result = {.count = 0};
    const char **codes = NULL;

    const char *reason = kind == GENERATE_KINDS ? "unknown function" : run_function(kind, &result, item, &codes);
    const char *field =
        reason == NULL ? find_difference(&result, cJSON_GetObjectItemCaseSensitive(item, "outputs")) : NULL;
    if (reason != NULL && strcmp(reason, strerror(ENOMEM)) == 0)
        tally->is_incomplete = true;
    else if (reason != NULL)
        write_failure(tally, function, name, "", reason);
    else if (field != NULL)
        write_failure(tally, function, name, "another ", field);
    else
        tally->passed++;
    tally->cases++;
    generated_free(&result);
    free(codes);
}

/* ---- The two sets ---- */

static void run_file(struct tally *tally, const cJSON *file)
{
    const cJSON *function;
    const cJSON *item;
    char line[160];

    cJSON_ArrayForEach(function, file)
    {
        struct tally one = {.output = tally->output, .is_quiet = tally->is_quiet};
        if (function->string[0] == '_')
            continue;
        cJSON_ArrayForEach(item, function)
        {
            run_case(&one, function->string, item->string != NULL ? item->string : "", item);
        }
        snprintf(line, sizeof line, "%.80s: %u of %u\n", function->string, one.passed, one.cases);
        if (!tally->is_quiet && !one.is_incomplete)
            output_string(tally->output, line);
        tally->is_incomplete = tally->is_incomplete || one.is_incomplete;
        tally->passed += one.passed;
        tally->cases += one.cases;
    }
}

/* Makes the object that a file with the built-in set would hold; NULL if memory is short. */
static cJSON *make_builtin(void)
{
    cJSON *file = cJSON_CreateObject();

    for (const struct selftest_case *one = selftest_cases; one->function != NULL; one++) {
        cJSON *function = cJSON_GetObjectItemCaseSensitive(file, one->function);
        cJSON *item = cJSON_Parse(one->json);
        if (function == NULL)
            function = cJSON_AddObjectToObject(file, one->function);
        if (!cJSON_AddItemToObject(function, one->name, item)) {
            cJSON_Delete(item);
            cJSON_Delete(file);
            return NULL;
        }
    }
    return file;
}

void selftest_run(struct output *output, const char *path, bool is_quiet)
{
    struct tally tally = {.output = output, .is_quiet = is_quiet};
    struct generate_error error = {failure_text(ENOMEM), NULL};
    char line[64];

    cJSON *file = path == NULL ? make_builtin() : generate_read_json(path, &error);
    if (file == NULL) {
        message_error(path, error.reason);
        return;
    }
    if (cJSON_IsObject(file))
        run_file(&tally, file);
    cJSON_Delete(file);
    if (tally.cases == 0) {
        message_error(path, "it has no cases");
        return;
    }
    snprintf(line, sizeof line, "%u of %u cases agree\n", tally.passed, tally.cases);
    if (tally.is_incomplete)
        message_error(NULL, strerror(ENOMEM));
    else if (!is_quiet)
        output_string(output, line);
}
