/* SPDX-License-Identifier: Apache-2.0 */
/* iscc gen: computes one code of ISO 24138 from what its function takes. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "code_input/code_operand.h"
#include "code_input/code_reader.h"
#include "code_input/code_source.h"
#include "commands/commands.h"
#include "generate/generate_file.h"
#include "options/backend.h"
#include "output/json_writer.h"
#include "output/output.h"
#include "util/array.h"
#include "util/failure.h"
#include "util/message.h"
#include "util/string_pool.h"

enum { BITS_DEFAULT = 64, BITS_MAX = 256 };

struct settings {
    bool json;
    uint64_t bits;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Output:"),
    {0, "bits", "N", "compute a code of N bits: 32, 64, ... 256 (default 64)",
     NOT_WITH("iscc", SETS_NUMBER(struct settings, bits, 32, BITS_MAX))},
    {0, "json", NULL, "print a JSON object with all fields that the standard's function returns",
     SETS_FLAG(struct settings, json)},
    OPTIONS_HEADING("Other:"),
    OPTIONS_COMMON,
};

struct task {
    enum generate_kind kind;
    char kind_name[16];
    const struct settings *settings;
    struct output *output;
};

static void report(const struct task *task, const char *member, const char *name, const struct generate_error *error)
{
    code_operand_report(task->output, task->settings->json, member, name, error->reason, error->code);
}

static void write_json(const struct task *task, const struct generated *result)
{
    struct json_writer json = json_begin("generated");

    json_string(&json, "kind", task->kind_name);
    for (size_t i = 0; i < result->count; i++) {
        const struct generated_field *field = &result->fields[i];
        if (field->text != NULL)
            json_string(&json, field->name, field->text);
        else if (field->texts == NULL)
            json_integer(&json, field->name, field->number);
        if (field->texts == NULL)
            continue;
        json_open_array(&json, field->name);
        for (size_t j = 0; j < field->number; j++)
            json_string(&json, NULL, field->texts[j]);
        json_close(&json);
    }
    json_end(&json, task->output, NULL);
}

static void write_result(const struct task *task, const struct generated *result)
{
    if (task->settings->json) {
        write_json(task, result);
        return;
    }
    output_string(task->output, result->fields[0].text);
    output_end_line(task->output);
}

/* ---- Codes as input ---- */

struct codes {
    struct string_pool texts;
    const char **items;
    size_t count;
    size_t capacity;
};

static bool add_code(struct codes *codes, const struct code_text *text)
{
    const char **items = array_grow(codes->items, &codes->capacity, codes->count + 1, sizeof *items);
    if (items == NULL)
        return false;
    codes->items = items;
    codes->items[codes->count] = string_pool_add(&codes->texts, text->bytes, text->size);
    return codes->items[codes->count++] != NULL;
}

/* A Mixed-Code may be made of codes whose SubType iscc_decode() does not know. */
static bool accept_code(const struct task *task, const struct code_text *text)
{
    struct iscc_decoded decoded;
    struct code_error why;
    struct generate_error error = {failure_text(text->failure), failure_code(text->failure)};

    if (text->failure == 0) {
        if (code_read(text->bytes, text->size, &decoded, &why) ||
            (task->kind == GENERATE_MIXED && why.status == ISCC_ERROR_SUB_TYPE))
            return true;
        error = (struct generate_error){why.reason, failure_code(FAILURE_INPUT)};
    }
    report(task, text->failure != 0 ? "path" : "input", text->bytes, &error);
    return false;
}

/* Returns false after a message. */
static bool read_codes(const struct task *task, const struct operands *operands, struct codes *codes)
{
    struct code_source source = code_source_make(operands);
    struct code_text text;
    bool done = true;

    while (code_source_next(&source, &text)) {
        if (!accept_code(task, &text)) {
            done = false;
        } else if (!add_code(codes, &text)) {
            message_error(NULL, strerror(ENOMEM));
            done = false;
        }
    }
    code_source_free(&source);
    return done;
}

static void generate_of_codes(const struct task *task, const struct operands *operands, struct generated *result)
{
    struct codes codes = {.items = NULL};

    if (read_codes(task, operands, &codes)) {
        const iscc_status status = task->kind == GENERATE_MIXED ? generate_mixed(result, codes.items, codes.count,
                                                                                 (unsigned)task->settings->bits)
                                                                : generate_iscc(result, codes.items, codes.count);
        if (status == ISCC_OK)
            write_result(task, result);
        else
            message_error(NULL, iscc_strerror(status));
    }
    string_pool_free(&codes.texts);
    free(codes.items);
}

/* ---- The command ---- */

/* Returns false after a usage error. */
static bool find_kind(const struct invocation *invocation, struct task *task)
{
    const char *word = invocation->count > 0 ? invocation->arguments[0] : "";
    const size_t size = strlen(word);

    task->kind = generate_kind_of(word, size);
    if (invocation->count == 0) {
        message_usage(command_gen.name, "missing operand: the KIND of code");
        return false;
    }
    if (task->kind == GENERATE_KINDS) {
        message_usage(command_gen.name, "unknown KIND '%s'; there are " GENERATE_WORDS, word);
        return false;
    }
    memcpy(task->kind_name, word, size + 1);
    return true;
}

static bool takes_codes(enum generate_kind kind)
{
    return kind == GENERATE_MIXED || kind == GENERATE_ISCC;
}

static bool is_usable(const struct invocation *invocation, const struct task *task)
{
    if (task->settings->bits % 32 != 0)
        message_usage(command_gen.name, "a code cannot have %" PRIu64 " bits: not a multiple of 32",
                      task->settings->bits);
    else if (invocation->count > 2 && !takes_codes(task->kind))
        message_usage(command_gen.name, "extra operand '%s'", invocation->arguments[2]);
    else
        return backend_is_usable();
    return false;
}

static void generate(const struct task *task, const struct operands *inputs)
{
    const char *path = inputs->count > 0 ? inputs->arguments[0] : "-";
    struct generated result = {.count = 0};
    struct generate_error error;

    if (takes_codes(task->kind))
        generate_of_codes(task, inputs, &result);
    else if (generate_file(task->kind, path, (unsigned)task->settings->bits, &result, &error))
        write_result(task, &result);
    else
        report(task, "path", path, &error);
    generated_free(&result);
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.bits = BITS_DEFAULT};
    struct task task = {.settings = &settings};

    if (!invocation_parse(invocation, &settings) || !find_kind(invocation, &task) || !is_usable(invocation, &task))
        return;
    const struct operands inputs = {.arguments = (const char *const *)invocation->arguments + 1,
                                    .count = invocation->count - 1};
    task.output = output_open(NULL, '\n');
    if (task.output == NULL)
        return;
    generate(&task, &inputs);
    output_finish(task.output);
}

const struct command command_gen = {
    .name = "gen",
    .synopsis = "[OPTION]... KIND [FILE|CODE...]",
    .summary = "compute one code of ISO 24138 from its input",
    .about = "Print the code that the standard's function gen_KIND_code_v0 computes. KIND is text, meta, image, audio, "
             "video, data or instance of a FILE, or mixed or iscc of CODEs. With no FILE or CODE, or if it is -, read "
             "standard input. iscc-gen(1) says what each FILE must hold.",
    .examples = "iscc gen text --bits=256 essay.txt\niscc gen mixed EUA6GIKXN42IQV3S EIAUKMOUIOYZCKA5",
    .options = options,
    .operands = GENERATE_WORDS,
    .run = run,
};
