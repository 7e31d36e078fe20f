/* SPDX-License-Identifier: Apache-2.0 */
/* The zero bytes themselves. */
#include "zeros.h"

const uint8_t iscc_zeros[ISCC_ZEROS] = {0};
