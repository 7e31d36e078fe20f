/* SPDX-License-Identifier: Apache-2.0 */
/* The glob matcher against a model: pattern, newline, path. */
#include <stdlib.h>
#include <string.h>

#include "filter/ignore.h"
#include "support/fuzz.h"
#include "support/model_glob.h"
#include "filter/glob.h"

enum { MODEL_MAX = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {data, size};
    char *pattern = fuzz_part(&input, '\n', NULL);
    char *path = fuzz_part(&input, '\0', NULL);
    const bool matches = glob_match(pattern, path);

    if (strlen(pattern) <= MODEL_MAX && strlen(path) <= MODEL_MAX)
        REQUIRE(matches == model_glob(pattern, path));
    free(pattern);
    free(path);
    return 0;
}
