/* SPDX-License-Identifier: Apache-2.0 */
/* Orders marks by their combining class and composes them with their starter. */
#include "unicode/composer.h"

#include <stdlib.h>
#include <string.h>

#include "unicode/tables.h"

#define CHARACTER(held) ((held)&0x1fffffu)
#define COMBINING(held) ((held) >> 24)

/* The Hangul syllables: 19 leading consonants, 21 vowels, 27 trailing consonants or none. */
enum { SYLLABLES = 0xac00, LEADING = 0x1100, VOWELS = 0x1161, TRAILING = 0x11a7 };
enum { LEADING_COUNT = 19, VOWEL_COUNT = 21, TRAILING_COUNT = 28 };

static uint32_t compose_hangul(uint32_t first, uint32_t second)
{
    const uint32_t leading = first - LEADING;
    const uint32_t vowel = second - VOWELS;
    const uint32_t syllable = first - SYLLABLES;
    const uint32_t trailing = second - TRAILING;

    if (leading < LEADING_COUNT && vowel < VOWEL_COUNT)
        return SYLLABLES + (leading * VOWEL_COUNT + vowel) * TRAILING_COUNT;
    if (syllable < LEADING_COUNT * VOWEL_COUNT * TRAILING_COUNT && syllable % TRAILING_COUNT == 0 && trailing > 0 &&
        trailing < TRAILING_COUNT)
        return first + trailing;
    return 0;
}

static int compare_pairs(const void *left, const void *right)
{
    const uint32_t *a = left;
    const uint32_t *b = right;
    return a[0] != b[0] ? (a[0] > b[0]) - (a[0] < b[0]) : (a[1] > b[1]) - (a[1] < b[1]);
}

uint32_t iscc_compose(uint32_t first, uint32_t second)
{
    const uint32_t key[2] = {first, second};
    const uint32_t *found =
        bsearch(key, iscc_unicode_pairs, iscc_unicode_pair_count, 3 * sizeof iscc_unicode_pairs[0], compare_pairs);
    return found != NULL ? found[2] : compose_hangul(first, second);
}

/* Sorts by combining class, and keeps the order of marks of one class. `spare` is room for as many; a few marks are
 * sorted in place. */
static void sort_marks(uint32_t *marks, size_t count, uint32_t *spare)
{
    size_t starts[257] = {0};

    if (count <= ISCC_COMPOSER_HELD) {
        for (size_t i = 1; i < count; i++) {
            const uint32_t mark = marks[i];
            size_t to = i;
            for (; to > 0 && COMBINING(marks[to - 1]) > COMBINING(mark); to--)
                marks[to] = marks[to - 1];
            marks[to] = mark;
        }
        return;
    }
    for (size_t i = 0; i < count; i++)
        starts[COMBINING(marks[i]) + 1]++;
    for (size_t i = 1; i < 257; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < count; i++)
        spare[starts[COMBINING(marks[i])]++] = marks[i];
    memcpy(marks, spare, count * sizeof *marks);
}

/* Orders the marks, and composes with the starter those that no mark of the same class before them blocks. */
static void compose_marks(struct iscc_composer *composer)
{
    uint32_t *held = iscc_composer_held(composer);
    size_t kept = composer->has_starter ? 1 : 0;
    const size_t first = kept;

    if (composer->count < 2)
        return;
    sort_marks(held + first, composer->count - first,
               composer->grown != NULL ? composer->grown + composer->capacity : NULL);
    if (!composer->has_starter)
        return;
    for (size_t i = first; i < composer->count; i++) {
        const bool blocked = kept > first && COMBINING(held[kept - 1]) == COMBINING(held[i]);
        const uint32_t composed = blocked ? 0 : iscc_compose(held[0], CHARACTER(held[i]));
        if (composed != 0)
            held[0] = composed;
        else
            held[kept++] = held[i];
    }
    composer->count = kept;
}

/* Emits the starter and the first marks, `count` in all. */
static void emit_first(struct iscc_composer *composer, void *context, size_t count)
{
    uint32_t *held = iscc_composer_held(composer);

    for (size_t i = 0; i < count; i++)
        composer->emit(context, CHARACTER(held[i]));
    composer->count -= count;
    memmove(held, held + count, composer->count * sizeof *held);
    composer->has_starter = composer->has_starter && count == 0;
}

void iscc_composer_flush(struct iscc_composer *composer, void *context)
{
    compose_marks(composer);
    emit_first(composer, context, composer->count);
}

static bool grow(struct iscc_composer *composer)
{
    const size_t capacity = 2 * (composer->capacity > 0 ? composer->capacity : ISCC_COMPOSER_HELD);

    if (capacity > SIZE_MAX / 4 / sizeof *composer->grown)
        return false;
    /* The second half is spare room to sort. */
    uint32_t *grown = realloc(composer->grown, 2 * capacity * sizeof *grown);
    if (grown == NULL)
        return false;
    if (composer->grown == NULL)
        memcpy(grown, composer->own, sizeof composer->own);
    composer->grown = grown;
    composer->capacity = capacity;
    return true;
}

/* Makes room for a mark: none of those to come has a lower class, so the marks before it are complete. */
static void emit_before(struct iscc_composer *composer, void *context, unsigned combining)
{
    size_t count = composer->has_starter ? 1 : 0;

    compose_marks(composer);
    while (count < composer->count && COMBINING(composer->own[count]) <= combining)
        count++;
    emit_first(composer, context, count);
}

static void add_starter(struct iscc_composer *composer, void *context, uint32_t character, unsigned class)
{
    uint32_t *held = iscc_composer_held(composer);

    if (composer->has_starter && (class & ISCC_CHARACTER_SECOND) != 0) {
        compose_marks(composer);
        const uint32_t composed = composer->count == 1 ? iscc_compose(held[0], character) : 0;
        if (composed != 0) {
            held[0] = composed;
            return;
        }
    }
    iscc_composer_flush(composer, context);
    held[0] = character;
    composer->count = 1;
    composer->has_starter = true;
}

bool iscc_composer_add(struct iscc_composer *composer, void *context, uint32_t character, unsigned class)
{
    const unsigned combining = class >> 8;

    if (combining == 0) {
        add_starter(composer, context, character, class);
        return true;
    }
    if (composer->count >= (composer->grown != NULL ? composer->capacity : ISCC_COMPOSER_HELD)) {
        if (composer->ascending)
            emit_before(composer, context, combining);
        else if (!grow(composer))
            return false;
    }
    iscc_composer_held(composer)[composer->count++] = character | (uint32_t)combining << 24;
    return true;
}

void iscc_composer_free(struct iscc_composer *composer)
{
    free(composer->grown);
    composer->grown = NULL;
}
