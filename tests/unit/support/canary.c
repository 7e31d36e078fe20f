/* SPDX-License-Identifier: Apache-2.0 */
/* The pattern differs from byte to byte, so that a copy at the wrong offset is noticed too. */
#include "canary.h"
#include "support/unit.h"

static unsigned char pattern(size_t index)
{
    return (unsigned char)(0xc5 ^ index * 37);
}

void canary_set(void *memory, size_t size)
{
    unsigned char *bytes = memory;
    for (size_t i = 0; i < size; i++)
        bytes[i] = pattern(i);
}

void canary_check(const void *memory, size_t size)
{
    const unsigned char *bytes = memory;
    for (size_t i = 0; i < size; i++)
        assert_int_equal(bytes[i], pattern(i));
}
