/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the Video-Code. */
#ifndef ISCC_VIDEO_PAIRS_H
#define ISCC_VIDEO_PAIRS_H

#include <stdint.h>

#define ISCC_VIDEO_PAIRS 256u

/* Indices of two values of a frame: a bit of the code is set if the sum of the second exceeds that of the first. */
extern const uint16_t iscc_video_pairs[ISCC_VIDEO_PAIRS][2];

#endif
