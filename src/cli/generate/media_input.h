/* SPDX-License-Identifier: Apache-2.0 */
/* What other programs extract from media, in the form in which they write it. */
#ifndef MEDIA_INPUT_H
#define MEDIA_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Finds the 1,024 gray values in an image of 32 rows with 32 pixels: a binary PGM file, or these bytes alone. NULL if
 * it is anything else. */
const uint8_t *media_input_pixels(const char *bytes, size_t size);

/* Reads the frames of a file in XML that ffmpeg's signature filter wrote, ISCC_VIDEO_FRAME values each; the caller
 * frees them in any case. The text ends with NUL. Returns NULL, or why it is refused. */
const char *media_input_signature(const char *xml, int32_t **frames, size_t *count);

#endif
