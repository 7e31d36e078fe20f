/* SPDX-License-Identifier: Apache-2.0 */
/* Reads PGM files, and the XML of MPEG-7 video signatures. */
#include "generate/media_input.h"

#include <errno.h>
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "util/array.h"

enum { PIXELS = 1024 };

/* Skips white space and comments of a PGM header. At least one of them must be there. */
static const char *skip_space(const char *at, const char *end)
{
    const char *begin = at;

    while (at < end && (*at == '#' || (*at != '\0' && strchr(" \t\r\n", *at) != NULL))) {
        if (*at == '#')
            while (at < end && *at != '\n')
                at++;
        else
            at++;
    }
    return at == begin ? NULL : at;
}

/* The header is "P5", the width, the height and the greatest value, and one white space. */
const uint8_t *media_input_pixels(const char *bytes, size_t size)
{
    static const char *const words[] = {"P5", "32", "32", "255"};
    const char *const end = bytes + size;
    const char *at = bytes;

    if (size == PIXELS)
        return (const uint8_t *)bytes;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t length = strlen(words[i]);
        if (i > 0)
            at = skip_space(at, end);
        if (at == NULL || (size_t)(end - at) < length || memcmp(at, words[i], length) != 0)
            return NULL;
        at += length;
    }
    if ((size_t)(end - at) != 1 + PIXELS || *at == '\0' || strchr(" \t\r\n", *at) == NULL)
        return NULL;
    return (const uint8_t *)at + 1;
}

/* Reads the values of one element: digits with white space around each. */
static bool read_frame(const char *text, int32_t *frame)
{
    static const char space[] = " \t\r\n";
    size_t count = 0;

    for (text += strspn(text, space); *text >= '0' && *text <= '2' && count < ISCC_VIDEO_FRAME; count++) {
        frame[count] = *text++ - '0';
        text += strspn(text, space);
    }
    return count == ISCC_VIDEO_FRAME && *text == '<';
}

const char *media_input_signature(const char *xml, int32_t **frames, size_t *count)
{
    static const char tag[] = "<FrameSignature>";
    const size_t frame_size = ISCC_VIDEO_FRAME * sizeof **frames;
    size_t capacity = 0;

    *frames = NULL;
    *count = 0;
    if (strstr(xml, "</Mpeg7>") == NULL)
        return "its end, </Mpeg7>, is missing";
    while ((xml = strstr(xml, tag)) != NULL) {
        int32_t *grown = array_grow(*frames, &capacity, *count + 1, frame_size);
        if (grown == NULL)
            return strerror(ENOMEM);
        *frames = grown;
        xml += sizeof tag - 1;
        if (!read_frame(xml, *frames + *count * ISCC_VIDEO_FRAME))
            return "a FrameSignature does not have 380 digits from 0 to 2";
        ++*count;
    }
    return *count == 0 ? "it has no FrameSignature" : NULL;
}
