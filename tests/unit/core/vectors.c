/* SPDX-License-Identifier: Apache-2.0 */
/* The table of golden streams. */
#include "vectors.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "pattern.h"

void vectors_read(struct vector vectors[VECTORS])
{
    char line[1024];
    size_t count = 0;

    FILE *table = fopen(ISCC_TEST_DATA "/sum.tsv", "r");
    if (table == NULL)
        fail_msg("cannot open %s", ISCC_TEST_DATA "/sum.tsv");
    while (fgets(line, sizeof line, table) != NULL) {
        if (line[0] == '#')
            continue;
        assert_true(count < VECTORS);
        struct vector *row = &vectors[count++];
        int fields =
            sscanf(line, "%31s %15s %zu %" SCNu64 " %68s %73s %73s %73s %73s", row->name, row->pattern, &row->size,
                   &row->seed, row->datahash, row->data_code, row->instance_code, row->narrow, row->wide);
        if (fields != 9)
            fail_msg("row %zu has %d fields", count, fields);
    }
    fclose(table);
    assert_int_equal(count, VECTORS);
}

uint8_t *vector_bytes(const struct vector *vector)
{
    uint8_t *bytes = malloc(vector->size > 0 ? vector->size : 1);
    assert_non_null(bytes);
    if (!pattern_fill(vector->pattern, vector->seed, bytes, vector->size))
        fail_msg("unknown pattern %s", vector->pattern);
    return bytes;
}
