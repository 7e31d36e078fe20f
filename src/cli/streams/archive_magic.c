/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures of formats; the references are the specifications of each. */
#include "streams/archive_magic.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define SIGNATURE(magic, bytes)                                                                                        \
    {                                                                                                                  \
        magic, sizeof(bytes) - 1, bytes                                                                                \
    }

static const struct {
    enum archive_magic magic;
    size_t size;
    const char *bytes;
} signatures[] = {
    SIGNATURE(MAGIC_ZIP, "PK\3\4"),
    SIGNATURE(MAGIC_ZIP, "PK\5\6"), /* an empty one */
    SIGNATURE(MAGIC_7ZIP, "7z\xbc\xaf\x27\x1c"),
    SIGNATURE(MAGIC_AR, "!<arch>\n"),
    SIGNATURE(MAGIC_XZ, "\xfd"
                        "7zXZ\0"),
    SIGNATURE(MAGIC_ZSTD, "\x28\xb5\x2f\xfd"),
    SIGNATURE(MAGIC_LZ4, "\x04\x22\x4d\x18"),
    SIGNATURE(MAGIC_LZ4, "\x02\x21\x4c\x18"), /* of its old format */
    SIGNATURE(MAGIC_RPM, "\xed\xab\xee\xdb"),
};

static bool is_octal(const unsigned char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] < '0' || text[i] > '7')
            return false;
    return true;
}

static bool is_hexadecimal(const unsigned char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (strchr("0123456789abcdefABCDEF", text[i]) == NULL || text[i] == '\0')
            return false;
    return true;
}

/* The sum of the header, in which its own field counts as blanks, stands there in octal. Old programs added signed
 * bytes. */
static bool is_tar(const unsigned char *header, size_t size)
{
    enum { AT = 148, FIELD = 8 };
    long sum = (long)FIELD * ' ';
    long signed_sum = sum;
    long expected = 0;
    size_t at = AT;

    if (size < MAGIC_SIZE || header[0] == '\0')
        return false;
    for (size_t i = 0; i < MAGIC_SIZE; i++)
        if (i < AT || i >= AT + FIELD) {
            sum += header[i];
            signed_sum += (signed char)header[i];
        }
    while (at < AT + FIELD && header[at] == ' ')
        at++;
    const size_t first = at;
    for (; at < AT + FIELD && is_octal(header + at, 1); at++)
        expected = 8 * expected + (header[at] - '0');
    return at > first && (at == AT + FIELD || header[at] == '\0' || header[at] == ' ') &&
           (expected == sum || expected == signed_sum);
}

/* The fields of a header are digits. */
static bool is_cpio(const unsigned char *bytes, size_t size)
{
    enum { NEWC = 110, ODC = 76 };

    if (size >= NEWC && (memcmp(bytes, "070701", 6) == 0 || memcmp(bytes, "070702", 6) == 0))
        return is_hexadecimal(bytes, NEWC);
    return size >= ODC && memcmp(bytes, "070707", 6) == 0 && is_octal(bytes, ODC);
}

/* The first block begins with the digits of pi; a file without blocks ends with those of its root (bzip2, format). */
static bool is_bzip2(const unsigned char *bytes, size_t size)
{
    return size >= 10 && memcmp(bytes, "BZh", 3) == 0 && bytes[3] >= '1' && bytes[3] <= '9' &&
           (memcmp(bytes + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0 ||
            memcmp(bytes + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

/* The upper flags are reserved (RFC 1952). */
static bool is_gzip(const unsigned char *bytes, size_t size)
{
    return size >= 10 && memcmp(bytes, "\x1f\x8b\x08", 3) == 0 && (bytes[3] & 0xe0) == 0;
}

/* .lzma has no signature: the usual properties, a dictionary of 2^n or 2^n + 2^(n-1) bytes, a size that is unknown or
 * below 2^40, and the first byte of the range coder, which is zero. */
static bool is_lzma(const unsigned char *bytes, size_t size)
{
    uint64_t dictionary = 0;
    uint64_t length = 0;

    if (size < 18 || bytes[0] != 0x5d || bytes[13] != 0)
        return false;
    for (size_t i = 4; i > 0; i--)
        dictionary = dictionary << 8 | bytes[i];
    for (size_t i = 12; i > 4; i--)
        length = length << 8 | bytes[i];
    uint64_t odd = dictionary;
    while (odd > 0 && odd % 2 == 0)
        odd /= 2;
    return dictionary >= 4096 && (odd == 1 || odd == 3) && (length == UINT64_MAX || length < UINT64_C(1) << 40);
}

enum archive_magic archive_magic(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++)
        if (size >= signatures[i].size && memcmp(bytes, signatures[i].bytes, signatures[i].size) == 0)
            return signatures[i].magic;
    if (is_gzip(bytes, size))
        return MAGIC_GZIP;
    if (is_bzip2(bytes, size))
        return MAGIC_BZIP2;
    if (is_cpio(bytes, size))
        return MAGIC_CPIO;
    if (is_lzma(bytes, size))
        return MAGIC_LZMA;
    return is_tar(bytes, size) ? MAGIC_TAR : MAGIC_NONE;
}

/* ISO 9660 leaves 16 sectors to the system; the first volume descriptor follows. */
static bool is_iso9660(int descriptor, const struct stat *status)
{
    enum { SECTOR = 2048, AT = 16 * SECTOR };
    unsigned char start[6];

    return status->st_size >= AT + SECTOR && pread(descriptor, start, sizeof start, AT) == (ssize_t)sizeof start &&
           memcmp(start, "\1CD001", 6) == 0;
}

enum archive_magic archive_magic_of_file(int descriptor, const struct stat *status)
{
    unsigned char bytes[MAGIC_SIZE];

    if (!S_ISREG(status->st_mode))
        return MAGIC_NONE;
    const ssize_t size = pread(descriptor, bytes, sizeof bytes, 0);
    if (size <= 0)
        return MAGIC_NONE;
    const enum archive_magic magic = archive_magic(bytes, (size_t)size);
    return magic == MAGIC_NONE && is_iso9660(descriptor, status) ? MAGIC_ISO9660 : magic;
}

bool archive_magic_is_filter(enum archive_magic magic)
{
    return magic >= MAGIC_GZIP;
}

bool archive_magic_needs_seek(enum archive_magic magic)
{
    return magic == MAGIC_ZIP || magic == MAGIC_7ZIP || magic == MAGIC_ISO9660;
}

static const char *const names[] = {
    [MAGIC_RAW] = "raw", [MAGIC_TAR] = "tar",   [MAGIC_CPIO] = "cpio",       [MAGIC_AR] = "ar",
    [MAGIC_ZIP] = "zip", [MAGIC_7ZIP] = "7zip", [MAGIC_ISO9660] = "iso9660",
};

const char *archive_magic_name(enum archive_magic magic)
{
    return (size_t)magic < sizeof names / sizeof names[0] ? names[magic] : NULL;
}

enum archive_magic archive_magic_of_name(const char *name)
{
    for (size_t i = MAGIC_RAW; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return (enum archive_magic)i;
    return MAGIC_NONE;
}
