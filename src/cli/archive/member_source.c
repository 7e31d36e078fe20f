/* SPDX-License-Identifier: Apache-2.0 */
/* Sources of the bytes of members. */
#include "archive/member_source.h"

static const char zeros[64 * 1024];

/* Fills a gap of `size` bytes, or the beginning of it. */
static ssize_t read_zeros(struct member_source *member, uint64_t size, const void **block)
{
    const uint64_t part = size < sizeof zeros ? size : sizeof zeros;

    *block = zeros;
    member->position += part;
    return (ssize_t)part;
}

/* Reads the next block. One that lies before what was read already is an error. */
static void next_block(struct member_source *member)
{
    const void *block;
    size_t size = 0;
    la_int64_t offset = 0;
    int result;

    do
        result = member->source.unpacking->library->read_data_block(member->archive, &block, &size, &offset);
    while (result == ARCHIVE_RETRY || (result == ARCHIVE_OK && size == 0));
    if (result == ARCHIVE_OK && (offset < 0 || (uint64_t)offset < member->position))
        result = ARCHIVE_FAILED;
    member->is_at_end = result != ARCHIVE_OK;
    if (member->is_at_end) {
        member->result = result == ARCHIVE_EOF ? ARCHIVE_OK : result;
        return;
    }
    member->block = block;
    member->block_size = size;
    member->block_offset = (uint64_t)offset;
}

static ssize_t read_member(struct byte_source *source, const void **block)
{
    struct member_source *member = (struct member_source *)source;

    if (member->block_size == 0 && !member->is_at_end)
        next_block(member);
    if (member->result != ARCHIVE_OK)
        return -1;
    if (member->is_at_end) {
        const bool has_tail = member->size != UINT64_MAX && member->position < member->size;
        return has_tail ? read_zeros(member, member->size - member->position, block) : 0;
    }
    if (member->position < member->block_offset)
        return read_zeros(member, member->block_offset - member->position, block);
    const ssize_t size = (ssize_t)member->block_size;
    *block = member->block;
    member->position += member->block_size;
    member->block_size = 0;
    return size;
}

void member_source_open(struct member_source *member, struct unpacking *unpacking, struct archive *archive,
                        uint64_t size)
{
    *member = (struct member_source){
        .source = {.unpacking = unpacking, .read = read_member}, .archive = archive, .size = size};
}

/* ---- Hashing ---- */

static ssize_t read_hashed(struct byte_source *source, const void **block)
{
    struct hashed_source *hashed = (struct hashed_source *)source;
    const ssize_t got = byte_source_read(source->below, block);

    if (got <= 0)
        return got;
    if (!unpacking_count(source->unpacking, &source->unpacking->members, (uint64_t)got))
        return -1;
    if (*block == zeros) {
        iscc_sum_hasher_update_zeros(hashed->sum, (uint64_t)got);
        text_feed_update_zeros(&hashed->text, (size_t)got);
    } else {
        iscc_sum_hasher_update(hashed->sum, *block, (size_t)got);
        text_feed_update(&hashed->text, *block, (size_t)got);
    }
    return got;
}

bool hashed_source_open(struct hashed_source *hashed, struct unpacking *unpacking)
{
    *hashed = (struct hashed_source){.source = {.unpacking = unpacking}};
    return iscc_sum_hasher_new(&hashed->sum) == ISCC_OK && text_feed_init(&hashed->text);
}

void hashed_source_start(struct hashed_source *hashed, struct byte_source *below, bool text)
{
    hashed->source = (struct byte_source){.unpacking = hashed->source.unpacking, .read = read_hashed, .below = below};
    iscc_sum_hasher_reset(hashed->sum);
    text_feed_start(&hashed->text, text);
}

void hashed_source_finish(struct hashed_source *hashed, struct iscc_sum_code *code, char text_code[ISCC_CODE_SIZE])
{
    iscc_sum_hasher_finalize(hashed->sum, ISCC_WIDE, code);
    text_feed_finish(&hashed->text, text_code);
}

void hashed_source_close(struct hashed_source *hashed)
{
    iscc_sum_hasher_free(hashed->sum);
    text_feed_free(&hashed->text);
}
