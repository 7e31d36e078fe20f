/* SPDX-License-Identifier: Apache-2.0 */
/* Reads checksum lists line by line, as docs/check-rules.md tells. */
#ifndef CHECKLIST_H
#define CHECKLIST_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "file_times.h"

/* What a line says of a file. It owns no memory. */
struct list_entry {
    uint64_t line;    /* the number of the record, from 1 */
    size_t name_size; /* in bytes */
    unsigned flags;   /* ISCC_NARROW or ISCC_WIDE, as `iscc` is */
    bool is_json;
    bool is_tagged;          /* a text line of BSD's shape */
    bool has_filesize;       /* in JSON alone */
    uint64_t filesize;       /* where has_filesize */
    bool has_stat;           /* in JSON alone */
    struct file_times times; /* where has_stat */
    char iscc[ISCC_CODE_SIZE];
    /* Empty where the list has none: */
    char data_code[ISCC_CODE_SIZE];
    char instance_code[ISCC_CODE_SIZE];
    char datahash[ISCC_DATAHASH_SIZE];
};

enum list_event {
    LIST_ENTRY,
    LIST_BAD_LINE, /* the entry has nothing but `line` */
    LIST_COMMENT,  /* the entry has nothing but `line` and `name_size`, which is that of the text instead of a name */
    LIST_END       /* no line is left, or the next one cannot be read: checklist_failure() tells */
};

struct checklist;

/* A list from an open file, which stays the caller's; `zero`: records end with NUL. NULL where memory is short. */
struct checklist *checklist_new(int descriptor, bool zero);

/* From now on records that are passed over, comments and blank lines, are given out as well. */
void checklist_tell_comments(struct checklist *list);

/* The next line that is not passed over. `name` is valid until the next call. */
enum list_event checklist_next(struct checklist *list, struct list_entry *entry, const char **name);

/* 0, or the failure (failure.h) for which a list ended before its time, or may have. */
int checklist_failure(const struct checklist *list);

void checklist_free(struct checklist *list);

/* Reads the text of an ISCC-CODE, SUM or WIDE, or of a unit of 256 bits into the entry. False for any other text, and
 * for a unit of a kind that the entry has. */
bool list_entry_set_code(struct list_entry *entry, const char *text, size_t size);
bool list_entry_set_unit(struct list_entry *entry, const char *text, size_t size);

/* What of a text line, a tagged or plain one, is the name; it is unescaped in place. False for a bad line. */
bool checklist_parse_text(char *text, size_t size, bool zero, struct list_entry *entry, const char **name);

enum parse_result { PARSE_GOOD, PARSE_BAD, PARSE_NO_MEMORY };

/* The same of a JSON object, once json_memory_install() has been called; the name is written over the text. */
enum parse_result checklist_parse_json(char *text, size_t size, struct list_entry *entry, const char **name);

#endif
