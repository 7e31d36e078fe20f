/* SPDX-License-Identifier: Apache-2.0 */
/* Tables, with names that no Markdown or HTML in them can break out of. */
#include "diff/diff_markdown.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/array.h"
#include "util/sanitize.h"

/* As many rows as a reader looks through; the others are folded. */
enum { ROWS_SHOWN = 50 };

bool diff_markdown_add(struct diff_markdown *markdown, const struct difference *difference)
{
    struct difference *rows = array_grow(markdown->rows, &markdown->capacity, markdown->count + 1, sizeof *rows);

    if (rows == NULL)
        return false;
    markdown->rows = rows;
    rows[markdown->count++] = *difference;
    return true;
}

void diff_markdown_free(struct diff_markdown *markdown)
{
    free(markdown->rows);
}

/* A character reference is never markup (CommonMark, 2.5), so all punctuation that could be is written as one. Links of
 * GitHub's dialect begin at `www.`, and at an `@` even after references are resolved, unless a tag splits the text. */
static void write_escaped(struct output *output, const char *text)
{
    char reference[8];

    for (; *text != '\0'; text++) {
        if (strchr("!\"#$%&'()*+,.:;<=>?@[\\]^_`{|}~", *text) == NULL) {
            output_write(output, text, 1);
            continue;
        }
        snprintf(reference, sizeof reference, "&#%d;", *text);
        output_string(output, reference);
        if (*text == '@')
            output_string(output, "<!-- -->");
    }
}

static void write_name(struct output *output, const struct file_record *file)
{
    char sanitized[SANITIZED_SIZE(SANITIZE_CHUNK)];
    const char *name = file->name;
    size_t size = file->name_size;

    output_string(output, "<code>");
    while (size > 0) {
        const size_t chunk = sanitize_chunk(name, size);
        sanitize_copy(sanitized, name, chunk, "");
        write_escaped(output, sanitized);
        name += chunk;
        size -= chunk;
    }
    output_string(output, "</code>");
}

static void write_row(struct output *output, const struct difference *difference)
{
    static const char *const words[DIFFERENCES] = {[DIFFERENCE_ADDED] = "added",
                                                   [DIFFERENCE_REMOVED] = "removed",
                                                   [DIFFERENCE_CHANGED] = "changed",
                                                   [DIFFERENCE_MOVED] = "moved",
                                                   [DIFFERENCE_MOVED_CHANGED] = "moved and changed",
                                                   [DIFFERENCE_UNKNOWN] = "unknown"};
    const bool is_moved = difference->kind == DIFFERENCE_MOVED || difference->kind == DIFFERENCE_MOVED_CHANGED;
    char distance[48] = "";

    output_string(output, "| ");
    output_string(output, words[difference->kind]);
    output_string(output, " | ");
    if (difference->old != NULL && (is_moved || difference->new == NULL))
        write_name(output, difference->old);
    if (is_moved)
        output_string(output, " → ");
    if (difference->new != NULL)
        write_name(output, difference->new);
    if (difference->bits != 0)
        snprintf(distance, sizeof distance, "%s%s, %u of %u bits", difference->near ? "near" : "far",
                 difference->by == NEAR_BY_TEXT ? " as text" : "", difference->distance, difference->bits);
    output_string(output, " | ");
    output_string(output, distance);
    output_string(output, " |\n");
}

static void write_rows(struct output *output, const struct difference *rows, size_t count)
{
    output_string(output, "\n| change | file | distance |\n| --- | --- | --- |\n");
    for (size_t i = 0; i < count; i++)
        write_row(output, &rows[i]);
}

void diff_markdown_write(struct output *output, const struct diff_markdown *markdown,
                         const struct difference_counts *counts)
{
    const size_t shown = markdown->count < ROWS_SHOWN ? markdown->count : ROWS_SHOWN;
    const uint64_t *kinds = counts->kinds;
    char text[256];

    output_string(output, "| added | removed | changed | moved | moved and changed | unknown | same |\n"
                          "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    snprintf(text, sizeof text,
             "| %" PRIu64 " | %" PRIu64 " | %" PRIu64 " | %" PRIu64 " | %" PRIu64 " | %" PRIu64 " | %" PRIu64 " |\n",
             kinds[DIFFERENCE_ADDED], kinds[DIFFERENCE_REMOVED], kinds[DIFFERENCE_CHANGED], kinds[DIFFERENCE_MOVED],
             kinds[DIFFERENCE_MOVED_CHANGED], kinds[DIFFERENCE_UNKNOWN], counts->same);
    output_string(output, text);
    if (shown > 0)
        write_rows(output, markdown->rows, shown);
    if (markdown->count == shown)
        return;
    snprintf(text, sizeof text, "\n<details><summary>%zu more</summary>\n", markdown->count - shown);
    output_string(output, text);
    write_rows(output, markdown->rows + shown, markdown->count - shown);
    output_string(output, "\n</details>\n");
}
