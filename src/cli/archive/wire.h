/* SPDX-License-Identifier: Apache-2.0 */
/* What crosses the pipe from the process that reads an archive: a record for each member, then one for the end. */
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "streams/archive_magic.h"
#include "lists/file_record.h"

enum wire_kind {
    WIRE_MEMBER = 1,
    WIRE_FAILURE, /* why an archive that is itself a member, named here, could not be read to its end */
    WIRE_END      /* the same for the outer archive, or 0 */
};

/* No archive has names as long as this; PATH_MAX is 4096. */
enum { WIRE_NAME_MAX = 64 * 1024 };

/* Both ends are the same program on the same machine, so this needs no portable form. `name_size` bytes follow. */
struct wire_record {
    uint64_t entry; /* number of the member in its archive, from 1; others than files count too */
    uint64_t link;  /* the entry whose content it shares, or 0 */
    uint64_t filesize;
    uint32_t name_size;
    uint32_t inner_size; /* of a member of an inner archive: how much of the name is that archive's */
    int32_t failure;
    uint8_t kind;
    uint8_t format; /* MAGIC_ value */
    uint8_t has_text;
    uint8_t reserved;
    uint8_t data[FILE_RECORD_DIGEST_SIZE];
    uint8_t instance[FILE_RECORD_DIGEST_SIZE];
    uint8_t text[FILE_RECORD_DIGEST_SIZE];
};

/* Sets the content of a member. */
void wire_set_code(struct wire_record *record, const struct iscc_sum_code *code, const char *text_code);

/* Whether a record that came from the other process is one that it may send. */
bool wire_is_valid(const struct wire_record *record, const char *name);

/* Writes all of a block. Returns false if the pipe has no reader. */
bool wire_write(int descriptor, const void *block, size_t size);

#endif
