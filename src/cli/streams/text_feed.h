/* SPDX-License-Identifier: Apache-2.0 */
/* Computes the Text-Code of a stream that may turn out not to be text. */
#ifndef TEXT_FEED_H
#define TEXT_FEED_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>

/* A stream is text if it is UTF-8 as a whole and has no NUL, which no text file has but many a binary one. */
struct text_feed {
    iscc_text_hasher *hasher; /* owned */
    bool is_text;             /* so far; then the hasher has had all bytes */
};

/* Returns false if memory is short. Free the feed in either case. */
bool text_feed_init(struct text_feed *feed);
void text_feed_free(struct text_feed *feed);

/* Starts a stream. If its Text-Code is not wanted, it counts as not being text. */
void text_feed_start(struct text_feed *feed, bool is_wanted);

void text_feed_update(struct text_feed *feed, const void *data, size_t size);

/* Prepares bytes of a stream on any thread. Returns false if they are not text by themselves. */
bool text_feed_prepare(iscc_text_block *block, const void *data, size_t size);

/* The same as an update with the bytes that were prepared; NULL if they are not text. */
void text_feed_join(struct text_feed *feed, const iscc_text_block *block);

/* Zeros are not text. */
void text_feed_update_zeros(struct text_feed *feed, size_t size);

/* Writes the Text-Code of 256 bits, or an empty string if the stream is not text. */
void text_feed_finish(const struct text_feed *feed, char code[ISCC_CODE_SIZE]);

#endif
