/* SPDX-License-Identifier: Apache-2.0 */
/* The function that libFuzzer calls: the one target linked into the program. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_targets->run(data, size);
}
