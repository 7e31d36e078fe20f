/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The comment of a list without lines. The first byte sets whether the list ends its records in NUL (odd); the rest is
 * the comment. It is accepted if and only if it is what a form is written as.
 */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "support/fuzz.h"
#include "support/written.h"
#include "format/form_comment.h"
#include "format/format.h"

enum { UNSET = 99 };

static bool is_written_as(const struct format *format, unsigned flags, const char *text, size_t text_size)
{
    const char terminator = format_terminator(format);
    size_t size;

    form_comment_write(written_start(terminator), format, flags);
    const char *bytes = written_bytes(&size);
    return size == text_size + 1 && bytes[text_size] == terminator && memcmp(bytes, text, text_size) == 0;
}

static bool is_any_form(bool zero, const char *text, size_t size)
{
    for (unsigned form = 0; form < 64; form++) {
        const struct format format = {.json = form & 1,
                                      .stat = (form & 2) != 0,
                                      .tag = (form & 4) != 0,
                                      .units = (form & 8) != 0,
                                      .text = (form & 32) != 0,
                                      .zero = zero};
        if (is_written_as(&format, form & 16 ? ISCC_NARROW : ISCC_WIDE, text, size))
            return true;
    }
    return false;
}

FUZZ_TARGET(form_comment)
{
    struct fuzz_input input = {data, size};
    const bool zero = fuzz_byte(&input) % 2 != 0;
    char *text = fuzz_text(input.bytes, input.size);
    struct format format = {.zero = zero};
    unsigned flags = UNSET;

    if (form_comment_read(text, input.size, &format, &flags)) {
        REQUIRE(format.zero == zero && is_written_as(&format, flags, text, input.size));
    } else {
        REQUIRE(!format.json && !format.stat && !format.tag && !format.units && !format.text && flags == UNSET);
        REQUIRE(!is_any_form(zero, text, input.size));
    }
    free(text);
    return 0;
}
