/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the first file of a catalogue from a code or by hashing. */
#include "similar/near_query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "code_input/code_operand.h"
#include "util/failure.h"
#include "util/message.h"

static bool report(const struct load *load, struct output *output, const char *member, const char *name,
                   const char *reason, const char *code)
{
    code_operand_report(output, load->failures != NULL, member, name, reason, code);
    return false;
}

static bool load_code(struct load *load, const char *query, struct output *output)
{
    struct file_record file = {.name = "", .flags = ISCC_WIDE};
    struct code_units units;

    code_operand_units(query, &units);
    file_record_add_unit(&file, units.data_code);
    file_record_add_unit(&file, units.instance_code);
    if (file.data_bits == 0)
        return report(load, output, "input", query, "it has no Data-Code to compare", "NO_DATA");
    if (catalogue_add(load->catalogue, &file))
        return true;
    message_error(NULL, strerror(ENOMEM));
    return false;
}

static bool load_file(struct load *load, const char *query)
{
    static const struct source_settings trees = {.trees = true};
    struct load whole = *load; /* nothing is left out of the query */

    whole.source = &trees;
    whole.hash.filter = NULL;
    return load_files(&whole, &(struct operands){.arguments = &query, .count = 1}) && load->catalogue->count > 0;
}

bool near_query_load(struct load *load, const char *query, struct output *output)
{
    char reason[CODE_OPERAND_REASON_SIZE];
    struct stat status;

    if (code_operand_is_code(query))
        return load_code(load, query, output);
    if (strcmp(query, "-") != 0 && stat(query, &status) != 0) {
        const int failure = errno;
        code_operand_reason(query, failure, reason);
        return report(load, output, "path", query, reason, failure_code(failure));
    }
    return load_file(load, query);
}
