/* SPDX-License-Identifier: Apache-2.0 */
/* A buffer of zero bytes. */
#include "zeros.h"

const uint8_t iscc_zeros[ISCC_ZEROS] = {0};
