/* SPDX-License-Identifier: Apache-2.0 */
/* Readable names: as documented, and no two headers share one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "all_codes.h"

static void test_names(void **state)
{
    static const struct {
        struct iscc_decoded decoded;
        const char *name;
    } cases[] = {
        {{.main_type = ISCC_META, .length = 1, .bits = 64}, "META-NONE-V0-64"},
        {{.main_type = ISCC_SEMANTIC, .sub_type = ISCC_TEXT, .length = 0, .bits = 32}, "SEMANTIC-TEXT-V0-32"},
        {{.main_type = ISCC_CONTENT, .sub_type = ISCC_IMAGE, .length = 3, .bits = 128}, "CONTENT-IMAGE-V0-128"},
        {{.main_type = ISCC_CONTENT, .sub_type = ISCC_MIXED, .length = 7, .bits = 256}, "CONTENT-MIXED-V0-256"},
        {{.main_type = ISCC_DATA, .length = 7, .bits = 256}, "DATA-NONE-V0-256"},
        {{.main_type = ISCC_INSTANCE, .length = 7, .bits = 256}, "INSTANCE-NONE-V0-256"},
        {{.main_type = ISCC_ID, .sub_type = 0, .length = 0, .bits = 64}, "ID-PRIVATE-V0-64"},
        {{.main_type = ISCC_ID, .sub_type = 2, .length = 4, .bits = 96}, "ID-ETHEREUM-V0-96"},
        {{.main_type = ISCC_FLAKE, .length = 1, .bits = 64}, "FLAKE-NONE-V0-64"},
        {{.main_type = ISCC_ISCC, .sub_type = ISCC_ISCC_SUM, .bits = 128}, "ISCC-SUM-V0-DI"},
        {{.main_type = ISCC_ISCC, .sub_type = ISCC_ISCC_WIDE, .bits = 256}, "ISCC-WIDE-V0-DI"},
        {{.main_type = ISCC_ISCC, .sub_type = ISCC_ISCC_NONE, .length = 4, .bits = 192}, "ISCC-NONE-V0-MDI"},
        {{.main_type = ISCC_ISCC, .sub_type = ISCC_TEXT, .length = 7, .bits = 320}, "ISCC-TEXT-V0-MSCDI"},
        {{.main_type = ISCC_ISCC, .sub_type = ISCC_AUDIO, .length = 1, .bits = 192}, "ISCC-AUDIO-V0-CDI"},
        {{.main_type = ISCC_ISCC, .sub_type = ISCC_VIDEO, .length = 2, .bits = 192}, "ISCC-VIDEO-V0-SDI"},
    };
    char name[ISCC_TYPE_NAME_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(iscc_type_name(&cases[i].decoded, name), ISCC_OK);
        assert_string_equal(name, cases[i].name);
    }
}

static void test_every_name_is_another(void **state)
{
    static char names[VALID_HEADERS][ISCC_TYPE_NAME_SIZE];

    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++) {
        assert_int_equal(iscc_type_name(&all_decoded[i], names[i]), ISCC_OK);
        assert_true(strlen(names[i]) < ISCC_TYPE_NAME_SIZE - 1);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(names[i], names[j]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_every_name_is_another),
    };

    return cmocka_run_group_tests(tests, all_codes_make, NULL);
}
