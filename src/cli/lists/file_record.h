/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a file, by a list or by hashing it. Digests are bytes; text is made where a line is printed. */
#ifndef FILE_RECORD_H
#define FILE_RECORD_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "util/file_identity.h"

#define FILE_RECORD_DIGEST_SIZE 32

/* It owns no memory. A catalogue has one for each file, so that its size counts. */
struct file_record {
    const char *name; /* NUL-terminated; a tree's ends with a slash */
    size_t name_size;
    uint64_t filesize;       /* where has_filesize */
    struct file_times times; /* where has_times */
    uint64_t line;           /* of the list that it comes from, counted from 1; or 0 */
    uint16_t data_bits;      /* of the digests: as many as are known, at most 256 */
    uint16_t instance_bits;
    uint8_t flags; /* ISCC_NARROW or ISCC_WIDE: the form of its ISCC-CODE */
    bool has_filesize : 1;
    bool has_times : 1;
    bool has_data_unit : 1; /* the list had the unit in 256 bits */
    bool has_instance_unit : 1;
    bool is_contradictory : 1;                 /* its codes are not all of one content */
    int16_t failure;                           /* 0, or why there is no code (failure.h): no bits are known then */
    uint8_t data[FILE_RECORD_DIGEST_SIZE];     /* of the Data-Code; zeros behind its bits */
    uint8_t instance[FILE_RECORD_DIGEST_SIZE]; /* of the Instance-Code, likewise */
};

/* What the codes of a hashed file say. The name stays the caller's. */
struct file_record file_record_of_code(const struct iscc_sum_code *code, unsigned flags, const char *name,
                                       size_t name_size);

/* Adds a digest of ISCC_DATA or ISCC_INSTANCE. Of two that contradict each other the one with more bits holds. */
void file_record_add_digest(struct file_record *record, unsigned main_type, const uint8_t *digest, unsigned bits);

/* Adds the digest of a Data-Code or Instance-Code; nothing for an empty text. */
void file_record_add_unit(struct file_record *record, const char *code);

/* The texts. Units and datahash are empty where fewer bits than theirs are known; filesize is 0 if unknown. */
void file_record_code(const struct file_record *record, struct iscc_sum_code *code);

/* Whether the content is the same: the Instance-Codes agree over the bits that both have. */
bool file_record_same_content(const struct file_record *a, const struct file_record *b);

/* Whether nothing that is known of both tells them apart: Instance-Code, Data-Code, size. */
bool file_record_same_file(const struct file_record *a, const struct file_record *b);

/* Whether all that a list says of a file's content is so. */
bool file_record_is_true(const struct file_record *listed, const struct file_record *now);

/* Whether size and times are known, and those of the file. */
bool file_record_same_stat(const struct file_record *record, const struct stat *status);

/* The distance of the Data-Codes over the bits that both know, whose number `bits` gets, which holds the most that is
 * wanted. */
unsigned file_record_distance(const struct file_record *a, const struct file_record *b, unsigned *bits);

/* Whether it is the record of a tree. */
bool file_record_is_tree(const struct file_record *record);

#endif
