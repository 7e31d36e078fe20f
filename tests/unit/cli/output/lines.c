/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of one letter each. */
#include "lines.h"

#include <string.h>

#include "output/output.h"

void write_lines(struct output *output, size_t count)
{
    char line[400];

    for (size_t i = 0; i < count; i++) {
        const size_t size = i * 7 % 390 + 2;
        memset(line, 'a' + (int)(i % 26), size);
        line[size - 1] = '\n';
        output_write(output, line, size);
    }
}
