/* SPDX-License-Identifier: Apache-2.0 */
/* What a list or hashing says about a file. Digests are stored as bytes and encoded only when printed. */
#ifndef FILE_RECORD_H
#define FILE_RECORD_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "util/file_identity.h"

#define FILE_RECORD_DIGEST_SIZE 32

/* Where a member of an archive stands. Its name is ARCHIVE!/MEMBER; what says why an archive could not be read to its
 * end has the name ARCHIVE. */
struct file_member {
    uint64_t entry;        /* its number in the archive, from 1; 0 if it is not known */
    uint64_t link;         /* the entry whose content it shares, or 0 */
    uint32_t archive_size; /* of ARCHIVE, which may itself be a member; 0 if it is not known */
    uint8_t format;        /* a MAGIC_ value (archive_magic.h) */
};

/* Owns no memory. Keep it small: a catalogue has one for each file. */
struct file_record {
    const char *name; /* NUL-terminated; ends with a slash for a tree */
    size_t name_size;
    uint64_t filesize; /* if has_filesize */
    union {
        struct file_times times; /* if has_times */
        struct {
            union {
                struct {
                    struct file_identity identity; /* if has_identity */
                    uint64_t head;                 /* if has_head: a hash of the first bytes */
                };
                struct file_member member; /* if is_member; it has neither times nor an identity */
            };
            uint32_t operand; /* of iscc similar, which never has times: the number of its operand */
        };
    };
    uint64_t line;      /* number of its line in the list, from 1; otherwise 0 */
    uint16_t data_bits; /* known bits of the digest, at most 256 */
    uint16_t instance_bits;
    uint16_t text_bits; /* of its Text-Code; 0 for a file that is not text or was not hashed for one */
    uint8_t flags;      /* ISCC_NARROW or ISCC_WIDE: the form of its ISCC-CODE */
    bool has_filesize : 1;
    bool has_times : 1;
    bool has_head : 1;
    bool has_identity : 1;  /* of a file that was found, never of one in a list */
    bool has_data_unit : 1; /* the list has the 256-bit unit */
    bool has_instance_unit : 1;
    bool is_contradictory : 1;                 /* its codes cannot all belong to one file */
    bool is_member : 1;                        /* of an archive */
    int16_t failure;                           /* 0, or why there is no code (failure.h); then no bits are known */
    uint8_t data[FILE_RECORD_DIGEST_SIZE];     /* of the Data-Code, padded with zeros */
    uint8_t instance[FILE_RECORD_DIGEST_SIZE]; /* of the Instance-Code, likewise */
    uint8_t text[FILE_RECORD_DIGEST_SIZE];     /* of the Text-Code, likewise */
};

/* Makes the record of a hashed file. The caller still owns the name. */
struct file_record file_record_of_code(const struct iscc_sum_code *code, unsigned flags, const char *name,
                                       size_t name_size);

/* Adds a digest of ISCC_DATA, ISCC_INSTANCE or, for a Text-Code, ISCC_CONTENT. Of two that contradict each other, keeps
 * the one with more bits. */
void file_record_add_digest(struct file_record *record, unsigned main_type, const uint8_t *digest, unsigned bits);

/* Adds the digest of a Data-Code, Instance-Code or Text-Code. Does nothing for an empty string. */
void file_record_add_unit(struct file_record *record, const char *code);

/* Encodes the codes. Units and datahash are empty unless all 256 bits are known, the units also unless they are asked
 * for; filesize is 0 if unknown. */
void file_record_code(const struct file_record *record, bool with_units, struct iscc_sum_code *code);

/* Encodes the Text-Code; an empty string unless all 256 bits are known. */
void file_record_text_code(const struct file_record *record, char code[ISCC_CODE_SIZE]);

/* Whether the content is the same, that is, the Instance-Codes agree in the bits known of both. */
bool file_record_same_content(const struct file_record *a, const struct file_record *b);

/* Whether Instance-Code, Data-Code and size agree as far as they are known of both. */
bool file_record_same_file(const struct file_record *a, const struct file_record *b);

/* Whether everything that a list says about a file's content holds for the file as it is now. If `listed` has a
 * Text-Code, `now` must have been hashed for one too. */
bool file_record_holds(const struct file_record *listed, const struct file_record *now);

/* Whether size and times are known and equal those of the file. */
bool file_record_same_stat(const struct file_record *record, const struct stat *status);

/* The same without ctime. */
bool file_record_same_size_and_mtime(const struct file_record *record, const struct stat *status);

/* The unit whose distance says how near two files are. */
enum near_by { NEAR_BY_DATA, NEAR_BY_TEXT };

/* The words for these, in this order. */
#define NEAR_BY_WORDS "data text"

/* Returns the digest of that unit and sets `bits` to its known bits. */
const uint8_t *file_record_digest(const struct file_record *record, enum near_by by, unsigned *bits);

/* Returns the distance of the units over the bits known of both, but no more than `*bits`, and sets `*bits` to the
 * number compared. */
unsigned file_record_distance(const struct file_record *a, const struct file_record *b, enum near_by by,
                              unsigned *bits);

bool file_record_is_tree(const struct file_record *record);

#endif
