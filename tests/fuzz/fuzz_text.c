/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of any bytes: whether they are UTF-8, collapsed, cleaned, and their code in any split into updates and blocks,
 * on every backend, against one pass for each step. The input is a byte for the backend, two for the splits, and then
 * the text. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "content/text_stream.h"
#include "core/content/model_text_code.h"
#include "core/unicode/model_text.h"
#include "support/fuzz.h"
#include "support/random.h"

typedef iscc_status text_function(const char *text, size_t size, char *out, size_t capacity, size_t *length);

/* The offset of the first bytes that are not UTF-8. */
static size_t model_valid(const char *text, size_t size)
{
    size_t done = 0;

    while (done < size) {
        utf8proc_int32_t character;
        const utf8proc_ssize_t length =
            utf8proc_iterate((const utf8proc_uint8_t *)text + done, (utf8proc_ssize_t)(size - done), &character);
        if (length <= 0)
            break;
        done += (size_t)length;
    }
    return done;
}

/* Any capacity gives the same length, and never more than fits. */
static void require_text(text_function *function, const char *text, size_t size, const char *expected, size_t length,
                         size_t capacity)
{
    char *out = fuzz_grow(NULL, capacity + (capacity == 0));
    size_t found = 0;

    const iscc_status status = function(text, size, out, capacity, &found);
    REQUIRE(status == (length > capacity ? ISCC_ERROR_CAPACITY : ISCC_OK) && found == length);
    REQUIRE(status != ISCC_OK || memcmp(out, expected, length) == 0);
    free(out);
}

static iscc_status trim(const char *text, size_t size, char *out, size_t capacity, size_t *length)
{
    return iscc_text_trim(text, size, size / 2, out, capacity, length);
}

static void require_refused(const char *text, size_t size)
{
    text_function *const functions[] = {iscc_text_clean, iscc_text_collapse, iscc_text_remove_newlines, trim};
    size_t length;

    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        REQUIRE(functions[i](text, size, NULL, 0, &length) == ISCC_ERROR_UTF8);
}

static const struct iscc_kernels *choose_backend(uint8_t number)
{
    size_t count = 0;

    while (iscc_kernels_available(count) != NULL)
        count++;
    return iscc_kernels_available(number % count);
}

static void join(struct iscc_text_stream *stream, const struct iscc_kernels *kernels, const char *text, size_t size)
{
    static struct iscc_text_stream prepared;
    const size_t start = iscc_collapse_find_start((const uint8_t *)text, size);

    iscc_text_stream_start(&prepared);
    iscc_text_stream_update(&prepared, kernels, text + start, size - start);
    iscc_text_stream_join(stream, kernels, text, size, start, &prepared);
}

static void require_code(const struct iscc_kernels *kernels, uint64_t splits, const char *text, size_t size,
                         size_t valid)
{
    static struct iscc_text_stream stream;
    const bool bytewise = random_below(&splits, 2) == 0;
    uint8_t digest[32];
    uint8_t expected[32];
    uint64_t characters;
    uint64_t expected_characters;

    iscc_text_stream_start(&stream);
    for (size_t done = 0, piece; done < size; done += piece) {
        piece = bytewise ? 1 : 1 + random_below(&splits, size - done);
        if (random_below(&splits, 2) == 0)
            iscc_text_stream_update(&stream, kernels, text + done, piece);
        else
            join(&stream, kernels, text + done, piece);
    }
    REQUIRE(stream.read == valid);
    REQUIRE(iscc_text_stream_digest(&stream, kernels, digest, &characters) == (valid == size));
    if (valid < size)
        return;
    model_text_digest(text, size, expected, &expected_characters);
    REQUIRE(memcmp(digest, expected, sizeof digest) == 0 && characters == expected_characters);
}

FUZZ_TARGET(text)
{
    struct fuzz_input input = {data, size};
    const struct iscc_kernels *kernels = choose_backend(fuzz_byte(&input));
    const uint64_t splits = fuzz_number(&input);
    char *text = fuzz_text(input.bytes, input.size);
    const size_t valid = model_valid(text, input.size);
    size_t length;

    if (!model_has_version() || !model_is_right(text, input.size)) {
        free(text);
        return 0;
    }
    if (valid < input.size) {
        require_refused(text, input.size);
    } else {
        char *expected = model_collapse(text, input.size, &length);
        require_text(iscc_text_collapse, text, input.size, expected, length, (size_t)(splits % (length + 2)));
        require_text(iscc_text_collapse, text, input.size, expected, length, length);
        REQUIRE(length <= 11 * input.size);
        free(expected);
        expected = model_clean(text, input.size, &length);
        require_text(iscc_text_clean, text, input.size, expected, length, (size_t)(splits % (length + 2)));
        require_text(iscc_text_clean, text, input.size, expected, length, length);
        free(expected);
    }
    require_code(kernels, splits, text, input.size, valid);
    free(text);
    return 0;
}
