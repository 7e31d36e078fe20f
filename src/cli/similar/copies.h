/* SPDX-License-Identifier: Apache-2.0 */
/* Files with the same content, and names of the same file. */
#ifndef COPIES_H
#define COPIES_H

#include <stdbool.h>
#include <stdint.h>

#include "lists/catalogue.h"

/* For each file of a catalogue, by index. */
struct copies {
    uint32_t *content; /* the first file with the same content: the Instance-Codes agree in the bits known of both */
    uint32_t *file;    /* the first name of the same file */
};

/* Returns false if memory is short. Free the copies in either case. */
bool copies_find(const struct catalogue *catalogue, struct copies *copies);
void copies_free(struct copies *copies);

#endif
