/* SPDX-License-Identifier: Apache-2.0 */
/* The last steps of normalization: canonical order and canonical composition of decomposed characters. */
#ifndef ISCC_COMPOSER_H
#define ISCC_COMPOSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Called for each character that is complete. */
typedef void iscc_emit_function(void *context, uint32_t character);

#define ISCC_COMPOSER_HELD 32u

/*
 * A starter (a character of combining class 0) and the marks after it, which are held back until the next starter
 * shows that no more follow. All zero at the start of a text, except for `emit` and `context`.
 */
struct iscc_composer {
    iscc_emit_function *emit;
    bool ascending; /* see iscc_composer_add */
    bool has_starter;
    size_t count;
    size_t capacity;                  /* of `grown` */
    uint32_t *grown;                  /* in use where `own` is too small, else NULL */
    uint32_t own[ISCC_COMPOSER_HELD]; /* character | combining class << 24 */
};

/* Returns the character that the two compose to, or 0. */
uint32_t iscc_compose(uint32_t first, uint32_t second);

/*
 * Adds a decomposed character with its class (see unicode/tables.h). Returns false if memory runs out.
 *
 * If `ascending` is set, no memory is allocated. Then a mark that follows the first ISCC_COMPOSER_HELD characters must
 * not be of a lower combining class than any mark that is still to come before the next starter, and those of its class
 * must not compose with the starter where more than two of them follow one another.
 */
bool iscc_composer_add(struct iscc_composer *composer, void *context, uint32_t character, unsigned class);

/* Emits what is held, as at the end of a text. */
void iscc_composer_flush(struct iscc_composer *composer, void *context);

/* Frees what was allocated. */
void iscc_composer_free(struct iscc_composer *composer);

/* What is held: the starter first, if there is one. */
static inline uint32_t *iscc_composer_held(struct iscc_composer *composer)
{
    return composer->grown != NULL ? composer->grown : composer->own;
}

#endif
