/* SPDX-License-Identifier: Apache-2.0 */
/* An operand that is either a code or a file, for commands that compare. */
#ifndef CODE_OPERAND_H
#define CODE_OPERAND_H

#include <iscc/iscc.h>
#include <stdbool.h>

#include "lists/file_record.h"
#include "output/output.h"

/* The units of a code that can be compared; an empty string if the code has no such unit. */
struct code_units {
    char data_code[ISCC_CODE_SIZE];
    char instance_code[ISCC_CODE_SIZE];
    char text_code[ISCC_CODE_SIZE];
};

/* Whether the text is a code. No code has a slash, so an operand with a slash is always a file. */
bool code_operand_is_code(const char *operand);

/* Splits an operand that is a code. */
void code_operand_units(const char *operand, struct code_units *units);

/* Why an operand without this unit cannot be compared, in words and as a word for scripts. */
const char *code_operand_lack(enum near_by by);
const char *code_operand_lack_code(enum near_by by);

#define CODE_OPERAND_REASON_SIZE 256

/* Says why `path` could not be read. A missing file may have been meant as a code; if it begins like one, the reason
 * says what is wrong with it. */
void code_operand_reason(const char *path, int failure, char reason[CODE_OPERAND_REASON_SIZE]);

/* Prints an error message and, with `json`, first an object of type `error` in which `member` holds the name and `code`
 * is a word for scripts. */
void code_operand_report(struct output *output, bool json, const char *member, const char *name, const char *reason,
                         const char *code);

#endif
