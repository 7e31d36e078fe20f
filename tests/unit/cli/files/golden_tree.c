/* SPDX-License-Identifier: Apache-2.0 */
/* The table of golden trees. */
#include "golden_tree.h"
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 4 };

/* Expands the escapes of printf %b used in the table. */
static void unescape(char *text)
{
    char *to = text;
    while (*text != '\0') {
        unsigned byte = (unsigned char)*text++;
        if (byte == '\\') {
            const char escape = *text++;
            byte = escape == 'n' ? '\n' : escape == 't' ? '\t' : '\\';
            if (escape == 'x') {
                assert_int_equal(sscanf(text, "%2x", &byte), 1);
                text += 2;
            }
        }
        *to++ = (char)byte;
    }
    *to = '\0';
}

/* Splits at tabs; missing fields are empty. */
static void split(char *line, char *fields[FIELDS])
{
    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < FIELDS; i++) {
        fields[i] = line;
        line += strcspn(line, "\t");
        if (*line != '\0')
            *line++ = '\0';
    }
}

static void read_tree(struct golden_tree *tree, char *fields[FIELDS])
{
    snprintf(tree->name, sizeof tree->name, "%s", fields[1]);
    snprintf(tree->narrow, sizeof tree->narrow, "%s", fields[2]);
    snprintf(tree->wide, sizeof tree->wide, "%s", fields[3]);
    tree->count = 0;
}

static void read_file(struct golden_tree *tree, char *fields[FIELDS])
{
    assert_true(tree->count < GOLDEN_FILES_OF_ONE);
    struct golden_file *file = &tree->files[tree->count++];
    unescape(fields[1]);
    unescape(fields[3]);
    assert_true(strlen(fields[1]) < sizeof file->path);
    memcpy(file->path, fields[1], strlen(fields[1]) + 1);
    const size_t times = strtoul(fields[2], NULL, 10);
    const size_t length = strlen(fields[3]);
    file->is_listed = strcmp(fields[0], "file") == 0;
    file->size = times * length;
    file->bytes = malloc(file->size + 1);
    assert_non_null(file->bytes);
    for (size_t i = 0; i < times; i++)
        memcpy(file->bytes + i * length, fields[3], length);
}

void golden_trees_read(struct golden_tree trees[GOLDEN_TREES])
{
    char line[1024];
    char *fields[FIELDS];
    size_t count = 0;
    size_t files = 0;
    FILE *table = fopen(ISCC_TEST_DATA "/trees.tsv", "r");
    if (table == NULL)
        fail_msg("cannot open %s", ISCC_TEST_DATA "/trees.tsv");
    while (fgets(line, sizeof line, table) != NULL) {
        if (line[0] == '#')
            continue;
        split(line, fields);
        if (strcmp(fields[0], "tree") == 0) {
            assert_true(count < GOLDEN_TREES);
            read_tree(&trees[count++], fields);
        } else {
            assert_true(count > 0);
            read_file(&trees[count - 1], fields);
            files++;
        }
    }
    fclose(table);
    assert_int_equal(count, GOLDEN_TREES);
    assert_int_equal(files, GOLDEN_FILES);
}

void golden_trees_free(struct golden_tree trees[GOLDEN_TREES])
{
    for (size_t i = 0; i < GOLDEN_TREES; i++)
        for (size_t j = 0; j < trees[i].count; j++)
            free(trees[i].files[j].bytes);
}
