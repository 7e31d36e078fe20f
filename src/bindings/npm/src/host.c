/* SPDX-License-Identifier: Apache-2.0 */
/* What the library has from the JavaScript around it, and what that knows of the library's structures. */
#include <iscc/iscc.h>
#include <stdlib.h>

/* There is no environment, so ISCC_BACKEND is unset. */
char *getenv(const char *name)
{
    (void)name;
    return NULL;
}

/* RFC 8785 writes numbers as ECMAScript does, and here ECMAScript can do that itself. Takes the place of
 * content/json_number.c, with the same contract. */
__attribute__((import_module("host"), import_name("format_number"))) size_t host_format_number(const char *literal,
                                                                                               size_t size, char *out);

size_t iscc_json_number(const char *literal, size_t size, char *out);

size_t iscc_json_number(const char *literal, size_t size, char *out)
{
    return host_format_number(literal, size, out);
}

/* lib/layout.js has these numbers. */
_Static_assert(ISCC_CODE_SIZE == 74 && ISCC_DATAHASH_SIZE == 69 && ISCC_UNITS_MAX == 5 && ISCC_TYPE_NAME_SIZE == 32,
               "sizes of strings");
_Static_assert(offsetof(struct iscc_sum_code, iscc) == 8 && offsetof(struct iscc_sum_code, datahash) == 82,
               "struct iscc_sum_code");
_Static_assert(offsetof(struct iscc_meta_code, metahash) == 74 && offsetof(struct iscc_meta_code, name) == 143 &&
                   offsetof(struct iscc_meta_code, description) == 272 && sizeof(struct iscc_meta_code) == 4369,
               "struct iscc_meta_code");
_Static_assert(offsetof(struct iscc_decoded, digest) == 20 && sizeof(struct iscc_decoded) == 60, "struct iscc_decoded");
