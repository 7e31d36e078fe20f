/* SPDX-License-Identifier: Apache-2.0 */
/* Stands in for the header of another ISCC library, with the most obvious file name and guard. */
#ifndef ISCC_H
#define ISCC_H

static inline const char *other_iscc(void)
{
    return "ISCC:KUACL4F2WZY7KBXBV4JUTOPV7GQ2M";
}

#endif
