/* SPDX-License-Identifier: Apache-2.0 */
/* Images in PGM and as bytes, and MPEG-7 signatures in XML. */
#include <iscc/iscc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate/media_input.h"
#include "support/unit.h"

enum { PIXELS = 1024, BYTES_MAX = 2048 };

/* Where the pixels of a file with this header, and `pixels` bytes after it, are found: their offset, or -1. */
static long pixels_after(const char *header, size_t pixels)
{
    char *bytes = calloc(1, BYTES_MAX);
    const size_t size = strlen(header);

    assert_non_null(bytes);
    memcpy(bytes, header, size);
    memset(bytes + size, 'x', pixels);
    /* Memory of the exact size: a sanitizer sees a read past the end. */
    char *exact = malloc(size + pixels + 1);
    assert_non_null(exact);
    memcpy(exact, bytes, size + pixels);
    const uint8_t *found = media_input_pixels(exact, size + pixels);
    const long offset = found == NULL ? -1 : (long)(found - (const uint8_t *)exact);
    free(exact);
    free(bytes);
    return offset;
}

static void images(void **state)
{
    static const char *const good[] = {"P5\n32 32\n255\n", "P5 32 32 255 ", "P5\t32\r\n32\n255\t",
                                       "P5\n# made by\n32 32\n255\n", "P5\n#\n#\n32 # wide\n32\n255\n"};
    static const char *const bad[] = {"",
                                      "P",
                                      "P5",
                                      "P5\n",
                                      "P5 32",
                                      "P5 32 32 255",
                                      "P2\n32 32\n255\n",
                                      "P6\n32 32\n255\n",
                                      "P532 32\n255\n",
                                      "P5\n3232\n255\n",
                                      "P5\n32 33\n255\n",
                                      "P5\n320 32\n255\n",
                                      "P5\n32 32\n65535\n",
                                      "P5\n32 32\n255#",
                                      "P5\n# 32 32 255 "};

    (void)state;
    assert_int_equal(pixels_after("", PIXELS), 0);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_int_equal(pixels_after(good[i], PIXELS), strlen(good[i]));
        assert_int_equal(pixels_after(good[i], PIXELS - 1), -1);
        assert_int_equal(pixels_after(good[i], PIXELS + 1), -1);
        assert_int_equal(pixels_after(good[i], 0), -1);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(pixels_after(bad[i], 0), -1);
        assert_int_equal(pixels_after(bad[i], PIXELS + 8), -1);
    }
}

/* Writes a file with one element: `count` digits, the numbers of their places modulo 3, and what follows. */
static void write_signature(char *xml, size_t count, const char *separator, const char *after)
{
    strcpy(xml, "<Mpeg7><VideoFrame><FrameConfidence>9</FrameConfidence><FrameSignature>");
    for (size_t i = 0; i < count; i++)
        sprintf(xml + strlen(xml), "%s%u", i > 0 ? separator : "", (unsigned)(i % 3));
    strcat(xml, after);
}

static void signatures(void **state)
{
    static const struct {
        size_t count;
        const char *separator;
        const char *after;
        bool is_good;
    } files[] = {
        {ISCC_VIDEO_FRAME, "  ", "</FrameSignature></VideoFrame></Mpeg7>", true},
        {ISCC_VIDEO_FRAME, "", "</FrameSignature></Mpeg7>", true},
        {ISCC_VIDEO_FRAME, " \n", "\n</FrameSignature>\n</Mpeg7>\n", true},
        {ISCC_VIDEO_FRAME, "", "</FrameSignature></VideoFrame>", false}, /* cut off */
        {ISCC_VIDEO_FRAME, " ", "", false},
        {ISCC_VIDEO_FRAME, " ", "0</FrameSignature></Mpeg7>", false},
        {ISCC_VIDEO_FRAME, ",", "</FrameSignature></Mpeg7>", false},
        {ISCC_VIDEO_FRAME - 1, " ", "</FrameSignature></Mpeg7>", false},
        {ISCC_VIDEO_FRAME - 1, " ", " 3</FrameSignature></Mpeg7>", false},
        {0, "", "</FrameSignature></Mpeg7>", false},
    };
    char *xml = malloc(2 * BYTES_MAX);
    int32_t *frames;
    size_t count;

    (void)state;
    assert_non_null(xml);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        write_signature(xml, files[i].count, files[i].separator, files[i].after);
        assert_int_equal(media_input_signature(xml, &frames, &count) == NULL, files[i].is_good);
        for (size_t j = 0; files[i].is_good && j < ISCC_VIDEO_FRAME; j++)
            assert_int_equal(frames[j], j % 3);
        free(frames);
    }
    assert_non_null(media_input_signature("<Mpeg7></Mpeg7>", &frames, &count));
    free(frames);
    free(xml);
}

static void several_frames(void **state)
{
    enum { FRAMES = 40, SIZE = 1024 };
    char *xml = calloc(FRAMES, SIZE);
    int32_t *frames;
    size_t count;

    (void)state;
    assert_non_null(xml);
    for (int i = 0; i < FRAMES; i++) {
        char *at = xml + strlen(xml);
        at += sprintf(at, "<FrameSignature>");
        memset(at, '0' + i % 3, ISCC_VIDEO_FRAME);
        strcpy(at + ISCC_VIDEO_FRAME, "</FrameSignature>");
    }
    strcat(xml, "</Mpeg7>");
    assert_null(media_input_signature(xml, &frames, &count));
    assert_int_equal(count, FRAMES);
    for (size_t i = 0; i < count * ISCC_VIDEO_FRAME; i++)
        assert_int_equal(frames[i], i / ISCC_VIDEO_FRAME % 3);
    free(frames);
    free(xml);
}

TEST_FILE(media_input)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(images),
        cmocka_unit_test(signatures),
        cmocka_unit_test(several_frames),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
