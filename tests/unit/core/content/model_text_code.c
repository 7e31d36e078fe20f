/* SPDX-License-Identifier: Apache-2.0 */
/* Collapses the whole text, then hashes one window after the other. */
#include "core/content/model_text_code.h"

#include <stdlib.h>
#include <string.h>

#include "core/naive.h"
#include "core/unicode/model_text.h"
#include "kernels/kernels.h"
#include "support/unit.h"

enum { WINDOW = 13 };

void model_text_digest(const char *text, size_t size, uint8_t digest[32], uint64_t *characters)
{
    size_t length;
    size_t count = 0;
    char *collapsed = model_collapse(text, size, &length);
    size_t *starts = malloc((length + 1) * sizeof *starts);
    uint32_t minima[ISCC_MINIMA];

    assert_non_null(starts);
    for (size_t i = 0; i < length; i++)
        if ((collapsed[i] & 0xc0) != 0x80)
            starts[count++] = i;
    starts[count] = length;
    memset(minima, 0xff, sizeof minima);
    for (size_t i = 0; i == 0 || i + WINDOW <= count; i++) {
        const size_t end = i + WINDOW < count ? i + WINDOW : count;
        const uint32_t feature = naive_xxh32((const uint8_t *)collapsed + starts[i], starts[end] - starts[i]);
        iscc_kernels_portable.lower_minima(minima, &feature,
                                           1); /* tests of the kernels compare it with naive_permute */
    }
    naive_bits(minima, digest);
    *characters = count;
    free(starts);
    free(collapsed);
}
