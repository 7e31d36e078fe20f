/* SPDX-License-Identifier: Apache-2.0 */
/* Texts and codes of failures. */
#include "util/failure.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

static const struct {
    int failure;
    const char *code;
    const char *text; /* NULL: use strerror() */
} failures[] = {
    {FAILURE_CHANGED, "CHANGED", "file changed while reading"},
    {FAILURE_SPECIAL, "SPECIAL", "not a regular file or directory"},
    {FAILURE_NO_COMMAND, "ENOENT", "neither a command nor an existing file"},
    {FAILURE_EMPTY_NAME, "EMPTY_NAME", "invalid zero-length file name"},
    {FAILURE_STDIN_NAME, "STDIN_NAME", "no file name of '-' allowed when reading file names from standard input"},
    {FAILURE_LINE, "LINE", "improperly formatted ISCC checksum line"},
    {FAILURE_UNKNOWN, "EUNKNOWN", "unknown error"},
    {FAILURE_OUTSIDE, "OUTSIDE", "the name leads out of the directory of --base"},
    {FAILURE_DAMAGED, "LINE", "damaged ISCC checksum line"},
    {FAILURE_NO_LIST, "LINE", "no properly formatted checksum lines found"},
    {FAILURE_INPUT, "INPUT", "not an input of this function"},
    {FAILURE_OUTPUT, "OUTPUT", "the input is the file of -o"},
    {FAILURE_ARCHIVE, "ARCHIVE", "damaged archive"},
    {FAILURE_ENCRYPTED, "ENCRYPTED", "encrypted"},
    {FAILURE_TRUNCATED, "TRUNCATED", "the end of the archive is missing"},
    {FAILURE_LIMIT, "LIMIT", "the archive unpacks to more than its limit (--archive-limit)"},
    {FAILURE_NAME, "NAME", "a name that no file can have"},
    {FAILURE_AMBIGUOUS, "AMBIGUOUS", "not looked into, as its path would be taken for that of a member"},
    {FAILURE_MISMATCH, "MISMATCH", "the archive does not have as many members as it says"},
    {EACCES, "EACCES", NULL},
    {EAGAIN, "EAGAIN", NULL},
    {EBADF, "EBADF", NULL},
    {EBUSY, "EBUSY", NULL},
    {EFBIG, "EFBIG", NULL},
    {EINTR, "EINTR", NULL},
    {EINVAL, "EINVAL", NULL},
    {EIO, "EIO", NULL},
    {EISDIR, "EISDIR", NULL},
    {ELOOP, "ELOOP", NULL},
    {EMFILE, "EMFILE", NULL},
    {ENAMETOOLONG, "ENAMETOOLONG", NULL},
    {ENFILE, "ENFILE", NULL},
    {ENODEV, "ENODEV", NULL},
    {ENOENT, "ENOENT", NULL},
    {ENOMEM, "ENOMEM", NULL},
    {ENOTCONN, "ENOTCONN", NULL},
    {ENOTDIR, "ENOTDIR", NULL},
    {ENXIO, "ENXIO", NULL},
    {EOVERFLOW, "EOVERFLOW", NULL},
    {EPERM, "EPERM", NULL},
    {ESTALE, "ESTALE", NULL},
    {ETIMEDOUT, "ETIMEDOUT", NULL},
};

const char *failure_text(int failure)
{
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
        if (failures[i].failure == failure && failures[i].text != NULL)
            return failures[i].text;
    return strerror(failure);
}

const char *failure_code(int failure)
{
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
        if (failures[i].failure == failure)
            return failures[i].code;
    return "EUNKNOWN";
}

int failure_of_code(const char *code)
{
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
        if (failures[i].failure != FAILURE_NO_COMMAND && strcmp(failures[i].code, code) == 0)
            return failures[i].failure;
    return FAILURE_UNKNOWN;
}

bool failure_is_of_record(int failure)
{
    return failure == FAILURE_EMPTY_NAME || failure == FAILURE_STDIN_NAME || failure == FAILURE_LINE;
}

bool failure_is_of_archive(int failure)
{
    return failure <= FAILURE_ARCHIVE && failure >= FAILURE_MISMATCH;
}
