/* SPDX-License-Identifier: Apache-2.0 */
/* iscc compose: composes units into one ISCC-CODE. */
#include <stddef.h>

#include "code_input/code_reader.h"
#include "code_input/code_source.h"
#include "commands/commands.h"
#include "output/output.h"
#include "util/failure.h"
#include "util/message.h"

/* The accepted units, by MainType; `bits` is 0 if there is none. */
struct units {
    unsigned flags;
    struct iscc_decoded decoded[ISCC_UNITS_MAX];
    char codes[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
    bool failed;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Output:"),
    {0, "wide", NULL, "compose the 256-bit WIDE code from a Data-Code and an Instance-Code",
     SETS_VALUE(struct units, flags, ISCC_WIDE)},
    OPTIONS_HEADING("Other:"),
    OPTIONS_COMMON,
};

static const char *const unit_names[ISCC_UNITS_MAX] = {
    [ISCC_META] = "Meta-Code", [ISCC_SEMANTIC] = "Semantic-Code", [ISCC_CONTENT] = "Content-Code",
    [ISCC_DATA] = "Data-Code", [ISCC_INSTANCE] = "Instance-Code",
};

/* Content and Semantic units must be for the same medium. Returns the code of the other one if they are not. */
static const char *find_disagreeing(const struct units *units, const struct iscc_decoded *unit)
{
    const unsigned other = unit->main_type == ISCC_SEMANTIC ? ISCC_CONTENT : ISCC_SEMANTIC;

    if (unit->main_type != ISCC_SEMANTIC && unit->main_type != ISCC_CONTENT)
        return NULL;
    return units->decoded[other].bits != 0 && units->decoded[other].sub_type != unit->sub_type ? units->codes[other]
                                                                                               : NULL;
}

/* Checks one unit against the rules of iscc_gen_iscc_code_v0, which does not report which unit breaks them. */
static bool unit_fits(const struct units *units, const char *name, const struct iscc_decoded *unit)
{
    const bool wide = units->flags == ISCC_WIDE;
    const unsigned least = wide ? 128 : 64;
    char type_id[ISCC_TYPE_NAME_SIZE] = "";
    const char *other;

    iscc_type_name(unit, type_id);
    if (unit->main_type > ISCC_INSTANCE)
        message_finding(STATUS_TROUBLE, name, "%s is not a unit of an ISCC-CODE", type_id);
    else if (wide && unit->main_type != ISCC_DATA && unit->main_type != ISCC_INSTANCE)
        message_finding(STATUS_TROUBLE, name, "a WIDE code has a Data-Code and an Instance-Code only, no %s",
                        unit_names[unit->main_type]);
    else if (units->decoded[unit->main_type].bits != 0)
        message_finding(STATUS_TROUBLE, name, "a second %s, after %s", unit_names[unit->main_type],
                        units->codes[unit->main_type]);
    else if (unit->bits < least)
        message_finding(STATUS_TROUBLE, name, "it has %u bits, and at least %u are needed", unit->bits, least);
    else if ((other = find_disagreeing(units, unit)) != NULL)
        message_finding(STATUS_TROUBLE, name, "%s has another SubType than %s", type_id, other);
    else
        return true;
    return false;
}

static void add_unit(struct units *units, const struct code_text *text)
{
    struct iscc_decoded unit;
    struct code_error error;

    if (text->failure != 0) {
        message_error(text->bytes, failure_text(text->failure));
        units->failed = true;
    } else if (!code_read(text->bytes, text->size, &unit, &error)) {
        message_error(text->bytes, error.reason);
        units->failed = true;
    } else if (!unit_fits(units, text->bytes, &unit)) {
        units->failed = true;
    } else {
        units->decoded[unit.main_type] = unit;
        iscc_encode(&unit, units->codes[unit.main_type]);
    }
}

/* A missing unit is reported only if no unit was rejected, because the rejected one may have been meant for it. */
static bool units_suffice(const struct units *units)
{
    static const unsigned needed[] = {ISCC_DATA, ISCC_INSTANCE};
    bool complete = !units->failed;

    for (size_t i = 0; i < 2 && !units->failed; i++)
        if (units->decoded[needed[i]].bits == 0) {
            message_finding(STATUS_TROUBLE, NULL, "the %s is missing; every ISCC-CODE needs one",
                            unit_names[needed[i]]);
            complete = false;
        }
    return complete;
}

static void compose(const struct units *units)
{
    const char *codes[ISCC_UNITS_MAX];
    char code[ISCC_CODE_SIZE];
    size_t count = 0;

    for (size_t i = 0; i < ISCC_UNITS_MAX; i++)
        if (units->decoded[i].bits != 0)
            codes[count++] = units->codes[i];
    iscc_status status = iscc_gen_iscc_code_v0(codes, count, units->flags, code);
    if (status != ISCC_OK) {
        message_error(NULL, iscc_strerror(status));
        return;
    }
    struct output *output = output_open(NULL, '\n');
    if (output == NULL)
        return;
    output_string(output, code);
    output_string(output, "\n");
    output_finish(output);
}

static void run(struct invocation *invocation)
{
    struct units units = {.flags = ISCC_NARROW};
    struct code_text text;

    if (!invocation_parse(invocation, &units))
        return;
    const struct operands operands = invocation_operands(invocation);
    struct code_source source = code_source_make(&operands);
    while (code_source_next(&source, &text))
        add_unit(&units, &text);
    code_source_free(&source);
    if (units_suffice(&units))
        compose(&units);
}

const struct command command_compose = {
    .name = "compose",
    .synopsis = "[OPTION]... [UNIT]...",
    .summary = "put units together into one ISCC-CODE",
    .about =
        "Print the ISCC-CODE of the UNITs, which are codes in any order: a Data-Code, an Instance-Code, and at most "
        "one Meta-Code, Semantic-Code and Content-Code. With no operand, or if it is -, read units from standard "
        "input, one on each line.",
    .examples = "iscc compose ISCC:GAARTIGSQPBAX75Y ISCC:IAASRCUGU6PSBI6W",
    .options = options,
    .operands = "",
    .run = run,
};
