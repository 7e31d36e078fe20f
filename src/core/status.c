/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a status, and the version of the library. */
#include <iscc/iscc.h>

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

/* The switch has no default, so the compiler warns if a new status has no text. */
const char *iscc_strerror(iscc_status status)
{
    switch (status) {
    case ISCC_OK:
        return "no error";
    case ISCC_ERROR_ARGUMENT:
        return "invalid argument";
    case ISCC_ERROR_MEMORY:
        return "out of memory";
    case ISCC_ERROR_BITS:
        return "number of bits is not a multiple of 32 from 32 to 256";
    case ISCC_ERROR_BACKEND:
        return "backend named by ISCC_BACKEND is unknown or not available";
    case ISCC_ERROR_CHARACTER:
        return "character is not base32";
    case ISCC_ERROR_TOO_SHORT:
        return "code is shorter than its header says";
    case ISCC_ERROR_TOO_LONG:
        return "code is longer than its header says";
    case ISCC_ERROR_MAIN_TYPE:
        return "unknown MainType";
    case ISCC_ERROR_SUB_TYPE:
        return "unknown SubType";
    case ISCC_ERROR_VERSION:
        return "unknown version";
    case ISCC_ERROR_LENGTH:
        return "invalid length in the header";
    case ISCC_ERROR_UNITS:
        return "units do not make an ISCC-CODE or a Mixed-Code";
    case ISCC_ERROR_MISMATCH:
        return "codes of different types cannot be compared";
    case ISCC_ERROR_UTF8:
        return "text is not UTF-8";
    case ISCC_ERROR_CAPACITY:
        return "result does not fit in the buffer";
    }
    return "unknown status";
}

const char *iscc_version(void)
{
    return VERSION_TEXT(ISCC_VERSION_MAJOR, ISCC_VERSION_MINOR, ISCC_VERSION_PATCH);
}

unsigned iscc_abi_version(void)
{
    return ISCC_ABI_VERSION;
}
