/* SPDX-License-Identifier: Apache-2.0 */
/* Standard input, when a person may not know that the program reads it. */
#ifndef STANDARD_INPUT_H
#define STANDARD_INPUT_H

/* Whoever is about to read standard input calls this: if it is a terminal, the first call prints a message, so that the
 * program does not seem to hang. Any thread may call it. */
void standard_input_announce(void);

#endif
