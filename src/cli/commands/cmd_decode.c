/* SPDX-License-Identifier: Apache-2.0 */
/* iscc decode: shows what codes contain. */
#include <stdio.h>
#include <string.h>

#include "code_input/code_reader.h"
#include "code_input/code_source.h"
#include "commands/commands.h"
#include "format/json_lines.h"
#include "output/output.h"
#include "util/failure.h"
#include "util/message.h"

struct settings {
    bool json;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Output:"),
    {0, "json", NULL, "print JSON Lines: one object for each code", SETS_FLAG(struct settings, json)},
    OPTIONS_HEADING("Other:"),
    OPTIONS_COMMON,
};

struct description {
    char iscc[ISCC_CODE_SIZE];
    char type_id[ISCC_TYPE_NAME_SIZE];
    char main_type[ISCC_TYPE_NAME_SIZE]; /* the parts of type_id */
    char sub_type[ISCC_TYPE_NAME_SIZE];
    char digest[2 * ISCC_DIGEST_SIZE + 1];
    char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE]; /* only of an ISCC-CODE */
    size_t unit_count;
};

/* Copies up to the next hyphen and returns the text after it. */
static const char *copy_part(char *part, const char *text)
{
    const size_t size = strcspn(text, "-");

    memcpy(part, text, size);
    part[size] = '\0';
    return text + size + 1;
}

static iscc_status describe(const struct iscc_decoded *decoded, struct description *description)
{
    iscc_status status = iscc_encode(decoded, description->iscc);

    if (status == ISCC_OK)
        status = iscc_type_name(decoded, description->type_id);
    description->unit_count = 0;
    if (status == ISCC_OK && decoded->main_type == ISCC_ISCC)
        status = iscc_decompose(description->iscc, description->units, &description->unit_count);
    if (status != ISCC_OK)
        return status;
    copy_part(description->sub_type, copy_part(description->main_type, description->type_id));
    for (size_t i = 0; i < decoded->bits / 8; i++)
        snprintf(description->digest + 2 * i, 3, "%02x", decoded->digest[i]);
    return ISCC_OK;
}

/* ---- Text ---- */

static void write_field(struct output *output, const char *name, const char *value)
{
    char line[128];

    snprintf(line, sizeof line, "  %-10s%s\n", name, value);
    output_string(output, line);
}

static void write_text(struct output *output, const struct iscc_decoded *decoded, const struct description *description)
{
    char number[16];

    output_string(output, description->iscc);
    output_string(output, "\n");
    write_field(output, "type id", description->type_id);
    write_field(output, "MainType", description->main_type);
    write_field(output, "SubType", description->sub_type);
    snprintf(number, sizeof number, "V%u", decoded->version);
    write_field(output, "version", number);
    snprintf(number, sizeof number, "%u", decoded->bits);
    write_field(output, "bits", number);
    write_field(output, "digest", description->digest);
    for (size_t i = 0; i < description->unit_count; i++)
        write_field(output, "unit", description->units[i]);
}

/* ---- JSON ---- */

static void write_json(struct output *output, const struct iscc_decoded *decoded, const struct description *description)
{
    struct json_writer json = json_begin("code");

    json_string(&json, "iscc", description->iscc);
    json_string(&json, "type_id", description->type_id);
    json_string(&json, "maintype", description->main_type);
    json_string(&json, "subtype", description->sub_type);
    json_integer(&json, "version", decoded->version);
    json_integer(&json, "bits", decoded->bits);
    json_string(&json, "digest", description->digest);
    if (description->unit_count > 0) {
        json_open_array(&json, "units");
        for (size_t i = 0; i < description->unit_count; i++)
            json_string(&json, NULL, description->units[i]);
        json_close(&json);
    }
    json_end(&json, output, description->iscc);
}

static void write_json_error(struct output *output, const struct code_text *text, const struct code_error *error)
{
    struct json_writer json = json_begin("error");

    json_name(&json, "input", text->bytes, text->size);
    json_error(&json, error->reason, code_error_word(error));
    json_integer(&json, "position", error->position);
    if (error->expected != 0)
        json_integer(&json, "expected", error->expected);
    json_end(&json, output, text->bytes);
}

/* ---- The command ---- */

static void decode(struct output *output, const struct code_text *text, bool json)
{
    struct iscc_decoded decoded;
    struct description description;
    struct code_error error;

    if (text->failure != 0) {
        if (json)
            json_line_failure(output, text->bytes, text->failure);
        output_flush(output);
        message_error(text->bytes, failure_text(text->failure));
    } else if (!code_read(text->bytes, text->size, &decoded, &error)) {
        if (json)
            write_json_error(output, text, &error);
        output_flush(output);
        message_error(text->bytes, error.reason);
    } else {
        iscc_status status = describe(&decoded, &description);
        if (status != ISCC_OK)
            message_error(text->bytes, iscc_strerror(status));
        else
            (json ? write_json : write_text)(output, &decoded, &description);
    }
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.json = false};
    struct code_text text;

    if (!invocation_parse(invocation, &settings))
        return;
    struct output *output = output_open(NULL, '\n');
    if (output == NULL)
        return;
    const struct operands operands = invocation_operands(invocation);
    struct code_source source = code_source_make(&operands);
    while (!output_failed(output) && code_source_next(&source, &text)) {
        decode(output, &text, settings.json);
        if (code_source_waits(&source))
            output_flush(output);
    }
    code_source_free(&source);
    output_finish(output);
}

const struct command command_decode = {
    .name = "decode",
    .synopsis = "[OPTION]... [CODE]...",
    .summary = "show what codes contain: type, length, digest, units",
    .about = "Print for each CODE its type, version and length, its digest in hexadecimal, and the codes of its units. "
             "With no operand, or if it is -, read codes from standard input, one on each line.",
    .examples = "iscc decode ISCC:KUABTIGSQPBAX75YFCFINJ47ECR5M",
    .options = options,
    .operands = "",
    .run = run,
};
