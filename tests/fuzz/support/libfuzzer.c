/* SPDX-License-Identifier: Apache-2.0 */
/* What libFuzzer calls: the one target that the program was linked with. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_targets->run(data, size);
}
