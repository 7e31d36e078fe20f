/* SPDX-License-Identifier: Apache-2.0 */
/* The state of the Text-Code of a text. */
#ifndef ISCC_TEXT_STREAM_H
#define ISCC_TEXT_STREAM_H

#include <stdbool.h>

#include "content/minhash.h"
#include "unicode/collapse.h"

/*
 * Of the text this keeps 64 minima and, in a buffer, the collapsed characters that have not been hashed, among them
 * those that the next windows begin with.
 *
 * A capital sigma stays open for as long as only characters follow that are Case_Ignorable. If the buffer runs full
 * before it is decided, its windows are hashed both ways: `minima` are those with the form within a word, and
 * `final_minima` those with the final one.
 */
struct iscc_text_stream {
    uint32_t minima[ISCC_MINIMA];
    uint32_t final_minima[ISCC_MINIMA]; /* in use if `forked` */
    bool forked;
    bool invalid;     /* the text is not UTF-8 */
    uint64_t read;    /* bytes of whole characters */
    uint64_t windows; /* hashed */
    struct iscc_collapse collapse;
    uint8_t partial[ISCC_UTF8_MAX]; /* the first bytes of a character that an update ended within */
    size_t partial_size;
    size_t size; /* of the collapsed characters */
    uint8_t collapsed[ISCC_WINDOWS_SIZE];
};

void iscc_text_stream_start(struct iscc_text_stream *stream);

/* Sets `invalid` if the text is not UTF-8, at the character after `read` bytes; then ignores the rest. */
void iscc_text_stream_update(struct iscc_text_stream *stream, const struct iscc_kernels *kernels, const void *text,
                             size_t size);

/*
 * Adds a block of text of which `prepared`, a stream of its own, has had the bytes from `start` on: the offset that
 * iscc_collapse_find_start() found. Collapses again only so much of it as the windows that begin before it reach.
 */
void iscc_text_stream_join(struct iscc_text_stream *stream, const struct iscc_kernels *kernels, const void *text,
                           size_t size, size_t start, const struct iscc_text_stream *prepared);

/* Computes the digest of the text so far and the number of its collapsed characters. The text can continue afterwards.
 * Returns false if it is not UTF-8 or ends within a character. */
bool iscc_text_stream_digest(const struct iscc_text_stream *stream, const struct iscc_kernels *kernels,
                             uint8_t digest[ISCC_MINHASH_BYTES], uint64_t *characters);

#endif
