/* SPDX-License-Identifier: Apache-2.0 */
/* Stops hashing at the first byte that shows that a stream is not text. */
#include "streams/text_feed.h"

#include <string.h>

bool text_feed_init(struct text_feed *feed)
{
    *feed = (struct text_feed){.hasher = NULL};
    return iscc_text_hasher_new(&feed->hasher) == ISCC_OK;
}

void text_feed_free(struct text_feed *feed)
{
    iscc_text_hasher_free(feed->hasher);
    feed->hasher = NULL;
}

void text_feed_start(struct text_feed *feed, bool is_wanted)
{
    feed->is_text = is_wanted;
    if (is_wanted)
        iscc_text_hasher_reset(feed->hasher);
}

void text_feed_update(struct text_feed *feed, const void *data, size_t size)
{
    if (feed->is_text)
        feed->is_text =
            memchr(data, '\0', size) == NULL && iscc_text_hasher_update(feed->hasher, data, size) == ISCC_OK;
}

bool text_feed_prepare(iscc_text_block *block, const void *data, size_t size)
{
    return memchr(data, '\0', size) == NULL && iscc_text_block_prepare(block, data, size) == ISCC_OK;
}

void text_feed_join(struct text_feed *feed, const iscc_text_block *block)
{
    if (feed->is_text)
        feed->is_text = block != NULL && iscc_text_hasher_join(feed->hasher, block) == ISCC_OK;
}

void text_feed_update_zeros(struct text_feed *feed, size_t size)
{
    feed->is_text = feed->is_text && size == 0;
}

void text_feed_finish(const struct text_feed *feed, char code[ISCC_CODE_SIZE])
{
    if (!feed->is_text || iscc_text_hasher_finalize(feed->hasher, 256, code, NULL) != ISCC_OK)
        code[0] = '\0';
}
