/* SPDX-License-Identifier: Apache-2.0 */
/* Generates files, and edits them block by block. */
#include "edits.h"

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/random.h"

const char *const content_names[CONTENTS] = {"random", "text"};
const char *const edit_names[EDITS] = {"insert", "delete", "move", "truncate", "overwrite"};

/* One of 4096 words of 2 to 9 letters, low numbers more often. */
static size_t write_word(uint64_t *state, uint8_t word[10])
{
    uint64_t number = random_below(state, 1 + random_below(state, 4096));
    const size_t size = 2 + (number * 2654435761u >> 7) % 8;

    for (size_t i = 0; i < size; i++) {
        number = number * 6364136223846793005u + 1442695040888963407u;
        word[i] = (uint8_t)('a' + (number >> 59) % 26);
    }
    return size;
}

static void fill_text(uint64_t *state, uint8_t *bytes, size_t size)
{
    uint8_t word[10];
    size_t column = 0;

    for (size_t at = 0; at < size;) {
        size_t length = write_word(state, word);
        column += length + 1;
        word[length++] = column > 70 ? '\n' : ' ';
        column = column > 70 ? 0 : column;
        const size_t part = length < size - at ? length : size - at;
        memcpy(bytes + at, word, part);
        at += part;
    }
}

void content_fill(enum content content, uint64_t *state, uint8_t *bytes, size_t size)
{
    if (content == CONTENT_TEXT)
        fill_text(state, bytes, size);
    else
        random_fill(state, bytes, size);
}

static void reverse(uint8_t *begin, uint8_t *end)
{
    while (end - begin > 1) {
        const uint8_t byte = *begin;
        *begin++ = *--end;
        *end = byte;
    }
}

/* Moves the block that begins at `from` so that it begins at `to` where it is gone. Two neighbours change places when
 * each is reversed, and then both together. */
static void move(uint8_t *bytes, size_t from, size_t to, size_t block)
{
    const bool forward = to > from;
    uint8_t *begin = bytes + (forward ? from : to);
    uint8_t *end = bytes + (forward ? to : from) + block;
    uint8_t *middle = forward ? begin + block : end - block;

    reverse(begin, middle);
    reverse(middle, end);
    reverse(begin, end);
}

size_t edit_apply(enum edit edit, enum content content, uint64_t *state, uint8_t *bytes, size_t size, size_t block)
{
    const size_t at = random_below(state, size - block + 1);

    switch (edit) {
    case EDIT_INSERT:
        memmove(bytes + at + block, bytes + at, size - at);
        content_fill(content, state, bytes + at, block);
        return size + block;
    case EDIT_DELETE:
        memmove(bytes + at, bytes + at + block, size - at - block);
        return size - block;
    case EDIT_MOVE:
        move(bytes, at, random_below(state, size - block + 1), block);
        return size;
    case EDIT_TRUNCATE:
        return size - block;
    default:
        content_fill(content, state, bytes + at, block);
        return size;
    }
}

double edit_expected(enum edit edit, double share)
{
    switch (edit) {
    case EDIT_INSERT: /* of 1 + share chunks in all, 1 is in both */
        return share / (1 + share) / 2;
    case EDIT_DELETE:
    case EDIT_TRUNCATE: /* of 1 chunk, 1 - share */
        return share / 2;
    case EDIT_OVERWRITE: /* of 1 + share chunks, 1 - share */
        return share / (1 + share);
    default: /* all are */
        return 0;
    }
}

void edit_digest(const uint8_t *bytes, size_t size, uint8_t digest[32])
{
    char code[ISCC_CODE_SIZE];
    struct iscc_decoded decoded;

    if (iscc_gen_data_code_v0(bytes, size, 256, code) != ISCC_OK || iscc_decode(code, &decoded, NULL) != ISCC_OK)
        abort();
    memcpy(digest, decoded.digest, 32);
}
