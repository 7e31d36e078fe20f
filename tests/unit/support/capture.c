/* SPDX-License-Identifier: Apache-2.0 */
/* Redirected standard streams. */
#include "capture.h"
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int saved[3] = {-1, -1, -1};
static FILE *errors;

void capture_begin(int stream, int descriptor)
{
    assert_true(saved[stream] < 0);
    fflush(NULL);
    saved[stream] = dup(stream);
    assert_true(saved[stream] >= 0);
    assert_int_equal(dup2(descriptor, stream), stream);
    if (descriptor != stream)
        close(descriptor);
}

void capture_end(int stream)
{
    fflush(NULL);
    dup2(saved[stream], stream);
    close(saved[stream]);
    saved[stream] = -1;
}

void capture_errors(void)
{
    errors = tmpfile();
    assert_non_null(errors);
    capture_begin(STDERR_FILENO, dup(fileno(errors)));
}

char *captured_errors(void)
{
    char *text = calloc(1, 65536);

    capture_end(STDERR_FILENO);
    assert_non_null(text);
    rewind(errors);
    (void)!fread(text, 1, 65535, errors);
    fclose(errors);
    return text;
}

void assert_captured_errors(const char *expected)
{
    char *text = captured_errors();
    assert_string_equal(text, expected);
    free(text);
}
