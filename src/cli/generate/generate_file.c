/* SPDX-License-Identifier: Apache-2.0 */
/* Streams files through hashers, or reads and parses them as a whole. */
#include "generate/generate_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "generate/json_input.h"
#include "generate/media_input.h"
#include "generate/read_some.h"
#include "generate/text_input.h"
#include "lists/json_limits.h"
#include "lists/list_json.h"
#include "lists/record_reader.h"
#include "util/array.h"
#include "util/failure.h"

/* An hour of video at 25 frames a second has a signature of 170 MB in XML. */
#define INPUT_MAX ((size_t)1 << 30)
#define BLOCK_SIZE ((size_t)256 * 1024)

enum generate_kind generate_kind_of(const char *word, size_t size)
{
    const char *name = GENERATE_WORDS;

    for (int kind = 0; kind < GENERATE_KINDS; kind++) {
        const size_t length = strcspn(name, " ");
        if (length == size && strncmp(name, word, size) == 0)
            return (enum generate_kind)kind;
        name += length + (name[length] == ' ');
    }
    return GENERATE_KINDS;
}

static bool fail(struct generate_error *error, int failure)
{
    *error = (struct generate_error){failure_text(failure), failure_code(failure)};
    return false;
}

/* Whether there is no reason against an input. */
static bool accept(struct generate_error *error, const char *reason)
{
    *error = (struct generate_error){reason, failure_code(FAILURE_INPUT)};
    return reason == NULL;
}

static bool accept_status(struct generate_error *error, iscc_status status)
{
    if (status == ISCC_ERROR_MEMORY)
        return fail(error, ENOMEM);
    return accept(error, status == ISCC_OK ? NULL : iscc_strerror(status));
}

/* ---- Streams ---- */

/* One of the hashers. */
struct streams {
    iscc_data_hasher *data;
    iscc_instance_hasher *instance;
};

static iscc_status start(struct streams *streams, enum generate_kind kind)
{
    return kind == GENERATE_DATA ? iscc_data_hasher_new(&streams->data) : iscc_instance_hasher_new(&streams->instance);
}

static iscc_status update(struct streams *streams, const char *bytes, size_t size)
{
    return streams->data != NULL ? iscc_data_hasher_update(streams->data, bytes, size)
                                 : iscc_instance_hasher_update(streams->instance, bytes, size);
}

static iscc_status end(const struct streams *streams, unsigned bits, struct generated *result)
{
    return streams->data != NULL ? generate_data(result, streams->data, bits)
                                 : generate_instance(result, streams->instance, bits);
}

static bool hash_stream(enum generate_kind kind, int descriptor, unsigned bits, struct generated *result,
                        struct generate_error *error)
{
    struct streams streams = {NULL, NULL};
    char *block = malloc(BLOCK_SIZE);
    ssize_t size = 0;

    iscc_status status = block == NULL ? ISCC_ERROR_MEMORY : start(&streams, kind);
    while (status == ISCC_OK && (size = read_some(descriptor, block, BLOCK_SIZE)) > 0)
        status = update(&streams, block, (size_t)size);
    const int failure = size < 0 ? errno : 0;
    if (status == ISCC_OK && failure == 0)
        status = end(&streams, bits, result);
    iscc_data_hasher_free(streams.data);
    iscc_instance_hasher_free(streams.instance);
    free(block);
    return failure != 0 ? fail(error, failure) : accept_status(error, status);
}

static bool hash_text(int descriptor, unsigned bits, struct generated *result, struct generate_error *error)
{
    iscc_status status;
    const int failure = text_input_generate(descriptor, bits, result, &status);

    return failure != 0 ? fail(error, failure) : accept_status(error, status);
}

/* ---- Whole files ---- */

struct input {
    char *text; /* ends with NUL */
    size_t size;
};

/* Returns 0 or an errno value. */
static int read_all(int descriptor, struct input *input)
{
    size_t capacity = 0;
    ssize_t part;

    do {
        char *grown = array_grow(input->text, &capacity, input->size + BLOCK_SIZE + 1, 1);
        if (grown == NULL)
            return ENOMEM;
        input->text = grown;
        part = read_some(descriptor, input->text + input->size, BLOCK_SIZE);
        input->size += part > 0 ? (size_t)part : 0;
        if (input->size > INPUT_MAX)
            return EFBIG;
    } while (part > 0);
    input->text[input->size] = '\0';
    return part < 0 ? errno : 0;
}

static bool begins_with(const struct input *input, char byte)
{
    return input->text[strspn(input->text, " \t\r\n")] == byte;
}

/* Parses JSON; NULL with the reason if it is none. */
static cJSON *parse(const struct input *input, const char **reason)
{
    bool no_memory;

    json_memory_install();
    cJSON *json = list_json_open(input->text, input->size, &no_memory);

    *reason = json != NULL ? NULL : no_memory ? strerror(ENOMEM) : "it is not JSON, or has \\u0000 or too many values";
    return json;
}

static bool hash_meta(const struct input *input, unsigned bits, struct generated *result, struct generate_error *error)
{
    struct generate_meta_input meta = {.name = NULL};
    const char *reason;
    char *printed = NULL;

    cJSON *json = parse(input, &reason);
    if (reason == NULL)
        reason = json_input_object(json, &meta, &printed);
    const bool done = accept(error, reason) && accept_status(error, generate_meta(result, &meta, bits));
    cJSON_free(printed);
    cJSON_Delete(json);
    return done;
}

/* Reads numbers from JSON: an array, or the array that is the member `member` of an object. */
static const char *read_numbers(const struct input *input, const char *member, const struct json_input_numbers *form,
                                int32_t **values, size_t *count)
{
    const char *reason;

    cJSON *json = parse(input, &reason);
    const cJSON *list = cJSON_IsObject(json) ? cJSON_GetObjectItemCaseSensitive(json, member) : json;
    if (reason == NULL)
        reason = json_input_numbers(list, form, values, count);
    cJSON_Delete(json);
    return reason;
}

static bool hash_image(const struct input *input, unsigned bits, struct generated *result, struct generate_error *error)
{
    const uint8_t *pixels = media_input_pixels(input->text, input->size);

    if (pixels == NULL)
        return accept(error, "it is neither 1,024 bytes nor a binary PGM file of 32 by 32 pixels");
    return accept_status(error, generate_image(result, pixels, bits));
}

static bool hash_audio(const struct input *input, unsigned bits, struct generated *result, struct generate_error *error)
{
    const struct json_input_numbers form = {.width = 1, .least = INT32_MIN, .most = UINT32_MAX};
    int32_t *features = NULL;
    size_t count;

    const char *reason = read_numbers(input, "fingerprint", &form, &features, &count);
    const bool done = accept(error, reason) && accept_status(error, generate_audio(result, features, count, bits));
    free(features);
    return done;
}

static bool hash_video(const struct input *input, unsigned bits, struct generated *result, struct generate_error *error)
{
    const struct json_input_numbers form = {.width = ISCC_VIDEO_FRAME, .least = INT32_MIN, .most = INT32_MAX};
    int32_t *frames = NULL;
    size_t count = 0;

    const char *reason = begins_with(input, '<') ? media_input_signature(input->text, &frames, &count)
                                                 : read_numbers(input, "frames", &form, &frames, &count);
    if (reason == NULL && count == 0)
        reason = "it has no frames";
    const bool done = accept(error, reason) && accept_status(error, generate_video(result, frames, count, bits));
    free(frames);
    return done;
}

static bool hash_whole(enum generate_kind kind, int descriptor, unsigned bits, struct generated *result,
                       struct generate_error *error)
{
    struct input input = {NULL, 0};

    const int failure = read_all(descriptor, &input);
    bool done = failure == 0;
    if (failure != 0)
        fail(error, failure);
    else if (kind == GENERATE_META)
        done = hash_meta(&input, bits, result, error);
    else if (kind == GENERATE_IMAGE)
        done = hash_image(&input, bits, result, error);
    else
        done = (kind == GENERATE_AUDIO ? hash_audio : hash_video)(&input, bits, result, error);
    free(input.text);
    return done;
}

bool generate_file(enum generate_kind kind, const char *path, unsigned bits, struct generated *result,
                   struct generate_error *error)
{
    const int descriptor = record_open(path);
    if (descriptor < 0)
        return fail(error, errno);
    bool done;
    if (kind == GENERATE_TEXT)
        done = hash_text(descriptor, bits, result, error);
    else if (kind == GENERATE_DATA || kind == GENERATE_INSTANCE)
        done = hash_stream(kind, descriptor, bits, result, error);
    else
        done = hash_whole(kind, descriptor, bits, result, error);
    record_close(descriptor);
    return done;
}

cJSON *generate_read_json(const char *path, struct generate_error *error)
{
    struct input input = {NULL, 0};
    const char *reason;
    cJSON *json = NULL;

    const int descriptor = record_open(path);
    const int failure = descriptor < 0 ? errno : read_all(descriptor, &input);
    record_close(descriptor);
    if (failure != 0) {
        fail(error, failure);
    } else {
        json = parse(&input, &reason);
        accept(error, reason);
    }
    free(input.text);
    return json;
}
