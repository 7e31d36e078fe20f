/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the codes with the encoder and reads them with the decoder that are tested. */
#include "all_codes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/random.h"

struct iscc_decoded all_decoded[VALID_HEADERS];
char all_codes[VALID_HEADERS][ISCC_CODE_SIZE];

/* The bits that encode asks for are tried out: this needs no knowledge of the header. */
static size_t make_codes_of_type(unsigned main_type, unsigned sub_type, size_t count, uint64_t *generator)
{
    struct iscc_decoded decoded = {.main_type = main_type, .sub_type = sub_type};
    char code[ISCC_CODE_SIZE];

    for (decoded.length = 0; decoded.length < 8; decoded.length++) {
        for (decoded.bits = 8; decoded.bits <= 320; decoded.bits += 8) {
            memset(decoded.digest, 0, sizeof decoded.digest);
            random_fill(generator, decoded.digest, decoded.bits / 8);
            if (iscc_encode(&decoded, code) != ISCC_OK)
                continue;
            assert_true(count < VALID_HEADERS);
            all_decoded[count] = decoded;
            memcpy(all_codes[count++], code, sizeof code);
        }
    }
    return count;
}

int all_codes_make(void **state)
{
    uint64_t generator = random_seed();
    size_t count = 0;

    (void)state;
    for (unsigned main_type = 0; main_type < 8; main_type++)
        for (unsigned sub_type = 0; sub_type < 8; sub_type++)
            count = make_codes_of_type(main_type, sub_type, count, &generator);
    return count == VALID_HEADERS ? 0 : -1;
}

void assert_same_decoded(const struct iscc_decoded *a, const struct iscc_decoded *b)
{
    assert_int_equal(a->main_type, b->main_type);
    assert_int_equal(a->sub_type, b->sub_type);
    assert_int_equal(a->version, b->version);
    assert_int_equal(a->length, b->length);
    assert_int_equal(a->bits, b->bits);
    assert_memory_equal(a->digest, b->digest, ISCC_DIGEST_SIZE);
}

iscc_status decode_copy(const char *text, size_t size, struct iscc_decoded *decoded, size_t *position)
{
    struct iscc_decoded before;
    char *copy = malloc(size + 1);

    assert_non_null(copy);
    memcpy(copy, text, size);
    copy[size] = '\0';
    memset(decoded, 0x5A, sizeof *decoded);
    before = *decoded;
    *position = SIZE_MAX;
    iscc_status status = iscc_decode(copy, decoded, position);
    if (status != ISCC_OK)
        assert_same_decoded(decoded, &before);
    else
        assert_int_equal(*position, SIZE_MAX);
    free(copy);
    return status;
}
