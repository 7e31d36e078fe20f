/* SPDX-License-Identifier: Apache-2.0 */
/* A small program that uses libiscc beside another library whose header is also called iscc.h. It computes the code of
 * the empty stream with the one-shot function and with a hasher. */
#include <iscc.h>
#include <iscc/iscc.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    struct iscc_sum_code once, streamed;
    iscc_sum_hasher *hasher = NULL;

    iscc_status status = iscc_gen_sum_code_v0("", 0, ISCC_NARROW, &once);
    if (status == ISCC_OK)
        status = iscc_sum_hasher_new(&hasher);
    if (status == ISCC_OK)
        status = iscc_sum_hasher_finalize(hasher, ISCC_NARROW, &streamed);
    iscc_sum_hasher_free(hasher);
    if (status != ISCC_OK) {
        fprintf(stderr, "consumer: %s\n", iscc_strerror(status));
        return 1;
    }
    printf("%s %s\n", iscc_version(), once.iscc);
    return strcmp(once.iscc, other_iscc()) != 0 || strcmp(streamed.iscc, other_iscc()) != 0 ||
           iscc_abi_version() != ISCC_ABI_VERSION;
}
