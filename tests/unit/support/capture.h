/* SPDX-License-Identifier: Apache-2.0 */
/* Takes what the code under test writes to standard output and standard error. */
#ifndef CAPTURE_H
#define CAPTURE_H

/* Puts another file in a standard stream's place, and closes it there. */
void capture_begin(int stream, int descriptor);

/* Puts the stream back. */
void capture_end(int stream);

/* Standard error goes to a file until the end, which returns what was written, NUL-terminated and to be freed. */
void capture_errors(void);
char *captured_errors(void);

/* The same end; what was written must be this. */
void assert_captured_errors(const char *expected);

#endif
