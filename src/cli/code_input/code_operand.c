/* SPDX-License-Identifier: Apache-2.0 */
/* Tells codes from files, and splits codes into units. */
#include "code_input/code_operand.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "code_input/code_reader.h"
#include "output/json_writer.h"
#include "util/failure.h"
#include "util/message.h"

static bool parse_operand(const char *operand, struct code_error *error)
{
    struct iscc_decoded decoded;
    return code_read(operand, strlen(operand), &decoded, error);
}

bool code_operand_is_code(const char *operand)
{
    struct code_error error;
    return parse_operand(operand, &error);
}

void code_operand_units(const char *operand, struct code_units *units)
{
    char codes[ISCC_UNITS_MAX][ISCC_CODE_SIZE] = {{0}};
    struct iscc_decoded unit;
    size_t count = 0;

    *units = (struct code_units){.data_code = "", .instance_code = "", .text_code = ""};
    iscc_decompose(operand, codes, &count);
    for (size_t i = 0; i < count; i++) {
        if (iscc_decode(codes[i], &unit, NULL) != ISCC_OK)
            continue;
        if (unit.main_type == ISCC_DATA)
            memcpy(units->data_code, codes[i], sizeof codes[i]);
        else if (unit.main_type == ISCC_INSTANCE)
            memcpy(units->instance_code, codes[i], sizeof codes[i]);
        else if (unit.main_type == ISCC_CONTENT && unit.sub_type == ISCC_TEXT)
            memcpy(units->text_code, codes[i], sizeof codes[i]);
    }
}

const char *code_operand_lack(enum near_by by)
{
    return by == NEAR_BY_TEXT ? "it has no Text-Code to compare" : "it has no Data-Code to compare";
}

const char *code_operand_lack_code(enum near_by by)
{
    return by == NEAR_BY_TEXT ? "NO_TEXT" : "NO_DATA";
}

void code_operand_reason(const char *path, int failure, char reason[CODE_OPERAND_REASON_SIZE])
{
    struct code_error error;

    if (failure != ENOENT || strchr(path, '/') != NULL)
        snprintf(reason, CODE_OPERAND_REASON_SIZE, "%s", failure_text(failure));
    else if (strncasecmp(path, "ISCC:", 5) == 0 && !parse_operand(path, &error))
        snprintf(reason, CODE_OPERAND_REASON_SIZE, "neither an existing file nor a code: %s", error.reason);
    else
        snprintf(reason, CODE_OPERAND_REASON_SIZE, "neither an existing file nor a code");
}

void code_operand_report(struct output *output, bool json, const char *member, const char *name, const char *reason,
                         const char *code)
{
    if (json) {
        struct json_writer object = json_begin("error");
        json_name(&object, member, name, strlen(name));
        json_error(&object, reason, code);
        json_end(&object, output, name);
    }
    output_flush(output);
    message_error(name, reason);
}
