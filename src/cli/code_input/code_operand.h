/* SPDX-License-Identifier: Apache-2.0 */
/* An operand that is a code or else a file, for commands that compare. */
#ifndef CODE_OPERAND_H
#define CODE_OPERAND_H

#include <iscc/iscc.h>
#include <stdbool.h>

#include "output/output.h"

/* What of a code can be compared; empty where it has no such unit. */
struct code_units {
    char data_code[ISCC_CODE_SIZE];
    char instance_code[ISCC_CODE_SIZE];
};

/* Whether the text is a code. A slash makes a file of every text, as none is in a code. */
bool code_operand_is_code(const char *operand);

/* The units of what is a code. */
void code_operand_units(const char *operand, struct code_units *taken);

#define CODE_OPERAND_REASON_SIZE 256

/* Why there is nothing to compare where `path` could not be read. A missing file may have been meant as a code: where
 * it begins like one, the reason says what is wrong with it. */
void code_operand_reason(const char *path, int failure, char reason[CODE_OPERAND_REASON_SIZE]);

/* A message, and with `json` an object of type `error` before it: `member` holds the name, `code` is a word for
 * scripts. */
void code_operand_report(struct output *output, bool json, const char *member, const char *name, const char *reason,
                         const char *code);

#endif
