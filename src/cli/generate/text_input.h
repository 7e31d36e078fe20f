/* SPDX-License-Identifier: Apache-2.0 */
/* Computes the Text-Code of a file on all threads. */
#ifndef TEXT_INPUT_H
#define TEXT_INPUT_H

#include "generate/generated.h"

/* Reads a descriptor to its end, or to the first bytes that are not UTF-8. Returns 0 and the status, or the errno value
 * of a failed read. */
int text_input_generate(int descriptor, unsigned bits, struct generated *result, iscc_status *status);

#endif
