/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a status, and the version of the library. */
#include <iscc/iscc.h>

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

/* tests/unit/core/test_status.c notices a status that has no text. */
static const char *const texts[] = {
    [ISCC_OK] = "no error",
    [ISCC_ERROR_ARGUMENT] = "invalid argument",
    [ISCC_ERROR_MEMORY] = "out of memory",
    [ISCC_ERROR_BITS] = "number of bits is not a multiple of 32 from 32 to 256",
    [ISCC_ERROR_BACKEND] = "backend named by ISCC_BACKEND is unknown or not available",
    [ISCC_ERROR_CHARACTER] = "character is not base32",
    [ISCC_ERROR_TOO_SHORT] = "code is shorter than its header says",
    [ISCC_ERROR_TOO_LONG] = "code is longer than its header says",
    [ISCC_ERROR_MAIN_TYPE] = "unknown MainType",
    [ISCC_ERROR_SUB_TYPE] = "unknown SubType",
    [ISCC_ERROR_VERSION] = "unknown version",
    [ISCC_ERROR_LENGTH] = "invalid length in the header",
    [ISCC_ERROR_UNITS] = "units do not make an ISCC-CODE or a Mixed-Code",
    [ISCC_ERROR_MISMATCH] = "codes of different types cannot be compared",
    [ISCC_ERROR_UTF8] = "text is not UTF-8",
    [ISCC_ERROR_CAPACITY] = "result does not fit in the buffer",
    [ISCC_ERROR_NAME] = "nothing is left of the name",
    [ISCC_ERROR_META] = "metadata is neither a JSON object nor a Data-URL",
    [ISCC_ERROR_META_SIZE] = "metadata has more than 128000 bytes",
};

const char *iscc_strerror(iscc_status status)
{
    return (size_t)status < sizeof texts / sizeof texts[0] ? texts[status] : "unknown status";
}

const char *iscc_version(void)
{
    return VERSION_TEXT(ISCC_VERSION_MAJOR, ISCC_VERSION_MINOR, ISCC_VERSION_PATCH);
}

unsigned iscc_abi_version(void)
{
    return ISCC_ABI_VERSION;
}
