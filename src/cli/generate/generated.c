/* SPDX-License-Identifier: Apache-2.0 */
/* Calls the library and names what it returns. */
#include "generate/generated.h"

#include <stdlib.h>
#include <string.h>

static struct generated_field *add_field(struct generated *result, const char *name)
{
    struct generated_field *field = &result->fields[result->count++];

    *field = (struct generated_field){.name = name};
    return field;
}

static void add_text(struct generated *result, const char *name, const char *text)
{
    add_field(result, name)->text = text;
}

/* Every result begins with its code. */
static iscc_status finish(struct generated *result, iscc_status status)
{
    if (status == ISCC_OK)
        add_text(result, "iscc", result->iscc);
    return status;
}

iscc_status generate_text(struct generated *result, const iscc_text_hasher *hasher, unsigned bits)
{
    uint64_t characters;
    const iscc_status status = finish(result, iscc_text_hasher_finalize(hasher, bits, result->iscc, &characters));

    if (status == ISCC_OK)
        add_field(result, "characters")->number = characters;
    return status;
}

iscc_status generate_data(struct generated *result, const iscc_data_hasher *hasher, unsigned bits)
{
    return finish(result, iscc_data_hasher_finalize(hasher, bits, result->iscc));
}

iscc_status generate_instance(struct generated *result, const iscc_instance_hasher *hasher, unsigned bits)
{
    uint64_t filesize;
    const iscc_status status =
        finish(result, iscc_instance_hasher_finalize(hasher, bits, result->iscc, result->datahash, &filesize));

    if (status == ISCC_OK) {
        add_text(result, "datahash", result->datahash);
        add_field(result, "filesize")->number = filesize;
    }
    return status;
}

/* Metadata is returned as a Data-URL, also where it was given as JSON. */
static iscc_status make_url(struct generated *result, const struct generate_meta_input *input)
{
    const char *json = input->meta;
    size_t length = strlen(json);

    iscc_status status = input->is_json ? iscc_json_to_data_url(json, strlen(json), NULL, 0, &length) : ISCC_OK;
    if (status != ISCC_OK && status != ISCC_ERROR_CAPACITY)
        return status;
    result->url = malloc(length + 1);
    if (result->url == NULL)
        return ISCC_ERROR_MEMORY;
    if (!input->is_json) {
        memcpy(result->url, json, length + 1);
        return ISCC_OK;
    }
    status = iscc_json_to_data_url(json, strlen(json), result->url, length, &length);
    if (status == ISCC_OK)
        result->url[length] = '\0';
    return status;
}

/* The empty object is no metadata. */
static bool has_meta(const struct generate_meta_input *input)
{
    return input->meta != NULL && input->meta[0] != '\0' && !(input->is_json && strcmp(input->meta, "{}") == 0);
}

static size_t length_of(const char *text)
{
    return text == NULL ? 0 : strlen(text);
}

iscc_status generate_meta(struct generated *result, const struct generate_meta_input *input, unsigned bits)
{
    struct iscc_meta_code *code = &result->meta;

    iscc_status status =
        iscc_gen_meta_code_v0(input->name, length_of(input->name), input->description, length_of(input->description),
                              input->meta, length_of(input->meta), bits, code);
    if (status == ISCC_OK && has_meta(input))
        status = make_url(result, input);
    if (status != ISCC_OK)
        return status;
    add_text(result, "iscc", code->iscc);
    add_text(result, "name", code->name);
    if (code->description[0] != '\0')
        add_text(result, "description", code->description);
    if (has_meta(input))
        add_text(result, "meta", result->url);
    add_text(result, "metahash", code->metahash);
    return ISCC_OK;
}

iscc_status generate_image(struct generated *result, const uint8_t pixels[1024], unsigned bits)
{
    return finish(result, iscc_gen_image_code_v0(pixels, bits, result->iscc));
}

iscc_status generate_audio(struct generated *result, const int32_t *features, size_t count, unsigned bits)
{
    return finish(result, iscc_gen_audio_code_v0(features, count, bits, result->iscc));
}

iscc_status generate_video(struct generated *result, const int32_t *frames, size_t count, unsigned bits)
{
    return finish(result, iscc_gen_video_code_v0(frames, count, bits, result->iscc));
}

iscc_status generate_mixed(struct generated *result, const char *const codes[], size_t count, unsigned bits)
{
    const iscc_status status = finish(result, iscc_gen_mixed_code_v0(codes, count, bits, result->iscc));

    if (status == ISCC_OK) {
        struct generated_field *parts = add_field(result, "parts");
        parts->texts = codes;
        parts->number = count;
    }
    return status;
}

iscc_status generate_iscc(struct generated *result, const char *const codes[], size_t count)
{
    return finish(result, iscc_gen_iscc_code_v0(codes, count, ISCC_NARROW, result->iscc));
}

void generated_free(struct generated *result)
{
    free(result->url);
    result->url = NULL;
    result->count = 0;
}
