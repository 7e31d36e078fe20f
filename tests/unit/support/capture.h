/* SPDX-License-Identifier: Apache-2.0 */
/* Captures what the code under test writes to standard output and standard error. */
#ifndef CAPTURE_H
#define CAPTURE_H

/* Redirects a standard stream to a descriptor, and closes the descriptor. */
void capture_begin(int stream, int descriptor);

/* Restores the stream. */
void capture_end(int stream);

/* Redirects standard error to a file until captured_errors(), which returns its contents, to be freed. */
void capture_errors(void);
char *captured_errors(void);

/* Ends the capture and asserts its contents. */
void assert_captured_errors(const char *expected);

#endif
