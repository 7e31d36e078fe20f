/* SPDX-License-Identifier: Apache-2.0 */
/* What a comparison found, as Markdown for the summary of a continuous integration job: tables of GitHub's dialect. */
#ifndef DIFF_MARKDOWN_H
#define DIFF_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "diff/difference.h"
#include "output/output.h"

/* The findings, which come after their counts and so are kept until all are known. Initialize to zeros. */
struct diff_markdown {
    struct difference *rows;
    size_t count;
    size_t capacity;
};

/* Keeps a finding; its files must stay. Returns false if memory is short. */
bool diff_markdown_add(struct diff_markdown *markdown, const struct difference *difference);

/* Writes the table of counts, then one of the findings. */
void diff_markdown_write(struct output *output, const struct diff_markdown *markdown,
                         const struct difference_counts *counts);

void diff_markdown_free(struct diff_markdown *markdown);

#endif
