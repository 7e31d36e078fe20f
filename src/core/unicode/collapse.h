/* SPDX-License-Identifier: Apache-2.0 */
/* Collapses text to what similarity is measured on (ISO 24138 "text_collapse"), in pieces. */
#ifndef ISCC_COLLAPSE_H
#define ISCC_COLLAPSE_H

#include "kernels/kernels.h"
#include "unicode/composer.h"
#include "unicode/utf8.h"

/* How far one character may raise the length of the output: the longest mapping has 18 characters, and a few more may
 * have been held back. */
#define ISCC_COLLAPSE_SLACK ((size_t)ISCC_UTF8_MAX * (18u + ISCC_COMPOSER_HELD))

/* The two forms of a small sigma have two bytes of UTF-8 each; in the second they differ in this bit. */
#define ISCC_SIGMA_DIFFERENCE 1u

/*
 * The state between two characters. A capital sigma becomes a final one if a cased letter precedes it and none follows,
 * where characters that are Case_Ignorable do not count. Until the next other character it is open: still held by the
 * composer, or written as the form within a word.
 */
struct iscc_collapse {
    struct iscc_composer composer;
    bool after_cased; /* the last character that is not Case_Ignorable is Cased */
    bool sigma_open;
    bool sigma_written;
    size_t sigma_offset; /* in the output, if it is written */
    bool sigma_watched;  /* set by who wants to know what the open sigma is; cleared when it is decided */
    bool sigma_is_final; /* the sigma that was watched */
};

void iscc_collapse_start(struct iscc_collapse *collapse);

/*
 * Collapses characters from the start of `size` bytes until all are read or the length of the output reaches `limit`.
 * Returns the number of bytes read, which leaves out an incomplete character at the end. Sets `valid` to whether the
 * next bytes may be UTF-8.
 */
size_t iscc_collapse_text(struct iscc_collapse *collapse, const struct iscc_kernels *kernels, const uint8_t *text,
                          size_t size, struct iscc_utf8_writer *writer, size_t limit, bool *valid);

/*
 * Returns the offset of the first character from which on a text collapses to the same wherever it stands: one that is
 * kept, composes with nothing before it, and decides what a sigma before it is. Before it there may be the rest of a
 * character. Returns `size` if there is none before the first bytes that are not UTF-8.
 */
size_t iscc_collapse_find_start(const uint8_t *text, size_t size);

/* Writes what is held back; the next character must be one that iscc_collapse_find_start() finds. */
void iscc_collapse_flush(struct iscc_collapse *collapse, struct iscc_utf8_writer *writer);

/* Writes what is held back, as at the end of a text. */
void iscc_collapse_end(struct iscc_collapse *collapse, struct iscc_utf8_writer *writer);

#endif
