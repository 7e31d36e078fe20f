/* SPDX-License-Identifier: Apache-2.0 */
/* The Video-Code (ISO 24138 "Video-Code"): comparisons of sums over the frame signatures of a video. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "codes/codec.h"
#include "content/video_pairs.h"

#define FRAME_SIZE (ISCC_VIDEO_FRAME * sizeof(int32_t))

static int compare_frames(const void *left, const void *right)
{
    return memcmp(*(const int32_t *const *)left, *(const int32_t *const *)right, FRAME_SIZE);
}

/* Adds up each value over all distinct frames. Sorting brings equal ones together. */
static iscc_status add_up(const int32_t *frames, size_t count, int64_t sums[ISCC_VIDEO_FRAME])
{
    const int32_t **sorted = malloc(count * sizeof *sorted);

    if (sorted == NULL)
        return ISCC_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++)
        sorted[i] = frames + i * ISCC_VIDEO_FRAME;
    qsort(sorted, count, sizeof *sorted, compare_frames);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && compare_frames(&sorted[i - 1], &sorted[i]) == 0)
            continue;
        for (size_t k = 0; k < ISCC_VIDEO_FRAME; k++)
            sums[k] += sorted[i][k];
    }
    free(sorted);
    return ISCC_OK;
}

iscc_status iscc_gen_video_code_v0(const int32_t *frames, size_t count, unsigned bits, char code[ISCC_CODE_SIZE])
{
    int64_t sums[ISCC_VIDEO_FRAME] = {0};
    uint8_t digest[ISCC_VIDEO_PAIRS / 8] = {0};

    /* With this bound on their number, no sum overflows. */
    if (frames == NULL || count == 0 || count > SIZE_MAX / FRAME_SIZE || count > UINT32_MAX || code == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (!iscc_codec_bits_valid(bits))
        return ISCC_ERROR_BITS;
    iscc_status status = add_up(frames, count, sums);
    if (status != ISCC_OK)
        return status;
    for (size_t bit = 0; bit < ISCC_VIDEO_PAIRS; bit++)
        if (sums[iscc_video_pairs[bit][1]] > sums[iscc_video_pairs[bit][0]])
            digest[bit / 8] |= (uint8_t)(0x80u >> bit % 8);
    iscc_codec_write_content(ISCC_VIDEO, bits, digest, code);
    return ISCC_OK;
}
