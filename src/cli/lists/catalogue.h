/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files and their codes in memory, in the order in which they came.
 *
 * A file takes about 160 bytes and its name: a million files with names of 60 bytes take 220 MB. Where the memory ends,
 * adding fails and what is there stays.
 */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/list_reader.h"
#include "util/string_pool.h"

#define FILE_RECORD_DIGEST_SIZE 32

/* A file as codes know it. It owns no memory. */
struct file_record {
    const char *name; /* NUL-terminated; a tree's ends with a slash. It stays where it is while the catalogue lives */
    size_t name_size;
    uint64_t filesize;
    struct file_times times; /* where has_times */
    uint64_t line;           /* of the list that it comes from, or 0 */
    uint16_t data_bits;      /* of the digests: 64, 128 or 256, as many as are known */
    uint16_t instance_bits;
    uint8_t flags; /* ISCC_NARROW or ISCC_WIDE: the form of its ISCC-CODE */
    bool has_filesize : 1;
    bool has_times : 1;
    bool has_units : 1;                        /* the list had both of its units, in 256 bits */
    bool is_contradictory : 1;                 /* its codes are not all of one content */
    int16_t failure;                           /* 0, or why there is no code (failure.h): no bits are known then */
    uint8_t data[FILE_RECORD_DIGEST_SIZE];     /* of the Data-Code; zeros behind its bits */
    uint8_t instance[FILE_RECORD_DIGEST_SIZE]; /* of the Instance-Code, likewise */
};

struct catalogue {
    struct file_record *files;
    size_t count;
    size_t room;
    struct string_pool names;
};

/* A catalogue begins as zeros. */
void catalogue_free(struct catalogue *catalogue);

/* Puts a copy of the file at the end, with a copy of its name. False if memory is short. */
bool catalogue_add(struct catalogue *catalogue, const struct file_record *file);

/* What the codes of a hashed file, or of a line of a list, say. The caller keeps the name alive and sets `line`. Where
 * codes of a line contradict each other the one with more bits holds, and its times are left out: they vouch for
 * neither. */
struct file_record file_record_of_code(const struct iscc_sum_code *code, unsigned flags, const char *name,
                                       size_t name_size);
struct file_record file_record_of_entry(const struct list_entry *entry, const char *name);

/* The texts again. Units and datahash are empty where fewer bits than theirs are known; filesize is 0 if unknown. */
void file_record_code(const struct file_record *file, struct iscc_sum_code *code);

/* Whether the content is the same: the Instance-Codes agree over the bits that both have, 64 at least. */
bool file_record_same_content(const struct file_record *a, const struct file_record *b);

/* Whether nothing that is known of both tells them apart: Instance-Code, Data-Code, size. */
bool file_record_same_file(const struct file_record *a, const struct file_record *b);

/* Whether it is the code of a tree. */
bool file_record_is_tree(const struct file_record *file);

/* Takes out of all names what leads nowhere: "./", and slashes behind a slash. "./" itself stays. False if memory is
 * short. */
bool catalogue_tidy_names(struct catalogue *catalogue);

/* Takes the first bytes away of all names that are longer. */
void catalogue_shorten_names(struct catalogue *catalogue, size_t size);

/* The files sorted by the bytes of their names, equal ones in the order of the catalogue; NULL if memory is short. To
 * be freed. Sorting, unlike a hash table, cannot be made slow by chosen names. */
const struct file_record **catalogue_by_name(const struct catalogue *catalogue);

/* The first of those whose name is this; NULL if there is none. */
const struct file_record *catalogue_find(const struct file_record *const *by_name, size_t count, const char *name);

#endif
