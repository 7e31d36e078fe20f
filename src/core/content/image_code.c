/* SPDX-License-Identifier: Apache-2.0 */
/* The Image-Code (ISO 24138 "Image-Code"): signs of the low frequencies of a small gray image. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "codes/codec.h"
#include "content/dct.h"

#define SIDE ISCC_DCT_MAX
#define BLOCK_SIDE ((size_t)8)
#define BLOCK (BLOCK_SIDE * BLOCK_SIDE)

/* Transforms the rows, then the columns. */
static void transform_image(const uint8_t pixels[SIDE * SIDE], double frequencies[SIDE][SIDE])
{
    for (size_t row = 0; row < SIDE; row++) {
        for (size_t column = 0; column < SIDE; column++)
            frequencies[row][column] = pixels[row * SIDE + column];
        iscc_dct(frequencies[row], SIDE);
    }
    for (size_t column = 0; column < SIDE; column++) {
        double values[SIDE];
        for (size_t row = 0; row < SIDE; row++)
            values[row] = frequencies[row][column];
        iscc_dct(values, SIDE);
        for (size_t row = 0; row < SIDE; row++)
            frequencies[row][column] = values[row];
    }
}

static int compare_doubles(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* One bit for each frequency of a block: whether it is above their median. */
static void write_block(double frequencies[SIDE][SIDE], size_t column, size_t row, uint8_t digest[BLOCK / 8])
{
    double values[BLOCK];
    double sorted[BLOCK];

    for (size_t i = 0; i < BLOCK; i++)
        values[i] = frequencies[row + i / BLOCK_SIDE][column + i % BLOCK_SIDE];
    memcpy(sorted, values, sizeof sorted);
    qsort(sorted, BLOCK, sizeof sorted[0], compare_doubles);
    const double median = (sorted[BLOCK / 2 - 1] + sorted[BLOCK / 2]) / 2;
    memset(digest, 0, BLOCK / 8);
    for (size_t i = 0; i < BLOCK; i++)
        digest[i / 8] |= (uint8_t)((values[i] > median) << (7 - i % 8));
}

iscc_status iscc_gen_image_code_v0(const uint8_t pixels[1024], unsigned bits, char code[ISCC_CODE_SIZE])
{
    double frequencies[SIDE][SIDE];
    uint8_t digest[4 * BLOCK / 8];

    if (pixels == NULL || code == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (!iscc_codec_bits_valid(bits))
        return ISCC_ERROR_BITS;
    transform_image(pixels, frequencies);
    for (size_t block = 0; block < 4; block++)
        write_block(frequencies, block % 2, block / 2, digest + block * BLOCK / 8);
    iscc_codec_write_content(ISCC_IMAGE, bits, digest, code);
    return ISCC_OK;
}
