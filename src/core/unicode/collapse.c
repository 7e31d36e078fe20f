/* SPDX-License-Identifier: Apache-2.0 */
/* Collapses text in one pass: a table has what becomes of each character, and only composition needs those before. */
#include "unicode/collapse.h"

#include <string.h>

#include "unicode/tables.h"

enum { CAPITAL_SIGMA = 0x3a3, SMALL_SIGMA = 0x3c3, FINAL_SIGMA = 0x3c2 };
/* Stands for a sigma that is open, while the composer holds it. No character has this number. */
#define OPEN_SIGMA UINT32_C(0x110000)

_Static_assert((SMALL_SIGMA ^ FINAL_SIGMA) == ISCC_SIGMA_DIFFERENCE, "the forms differ in one bit");

struct output {
    struct iscc_collapse *collapse;
    struct iscc_utf8_writer *writer;
};

static void emit(void *context, uint32_t character)
{
    const struct output *output = context;

    if (character == OPEN_SIGMA) {
        output->collapse->sigma_written = true;
        output->collapse->sigma_offset = output->writer->length;
        character = SMALL_SIGMA;
    }
    iscc_utf8_write(output->writer, character);
}

/*
 * The only marks that are kept belong to the decompositions of kept characters. U+FF9E and U+FF9F, of class 8, are the
 * only such decompositions that begin with a mark. So whatever is held, only marks of class 8 can follow without a
 * starter between, and more than two in a row never all compose with it: the composer need not grow.
 */
void iscc_collapse_start(struct iscc_collapse *collapse)
{
    *collapse = (struct iscc_collapse){.composer = {.emit = emit, .ascending = true}};
}

/* Decides what the open sigma is. */
static void close_sigma(struct output *output, bool is_final)
{
    struct iscc_collapse *collapse = output->collapse;
    const size_t offset = collapse->sigma_offset;

    if (!collapse->sigma_written)
        iscc_composer_held(&collapse->composer)[0] = is_final ? FINAL_SIGMA : SMALL_SIGMA;
    else if (is_final && offset + 1 < output->writer->capacity)
        output->writer->out[offset + 1] ^= ISCC_SIGMA_DIFFERENCE;
    if (collapse->sigma_watched)
        collapse->sigma_is_final = is_final;
    collapse->sigma_watched = false;
    collapse->sigma_open = false;
    collapse->sigma_written = false;
}

/* A starter that composes with nothing before it, and so completes what is held. */
static inline void add_simple(struct output *output, uint32_t character)
{
    struct iscc_composer *composer = &output->collapse->composer;

    if (composer->count == 1 && composer->has_starter)
        emit(output, composer->own[0]);
    else
        iscc_composer_flush(composer, output);
    composer->own[0] = character;
    composer->count = 1;
    composer->has_starter = true;
}

static void add(struct output *output, uint32_t character, unsigned class)
{
    if (class < 0x100 && (class & ISCC_CHARACTER_SECOND) == 0)
        add_simple(output, character);
    else
        iscc_composer_add(&output->collapse->composer, output, character, class);
}

static void add_mapping(struct output *output, const uint16_t *mapping)
{
    const uint16_t *unit = mapping + 2;
    const uint16_t *const end = unit + (mapping[0] >> 8);

    while (unit < end) {
        uint32_t character = *unit++;
        if (character >= 0xd800 && character <= 0xdbff)
            character = ((character & 0x3ff) << 10) + (*unit++ & 0x3ffu) + 0x10000;
        add(output, character, iscc_unicode_class(character));
    }
}

static inline void add_character(struct output *output, uint32_t character)
{
    struct iscc_collapse *collapse = output->collapse;
    const unsigned value = iscc_unicode_value(character);
    const uint16_t *mapping = value < ISCC_CLASSES ? NULL : iscc_unicode_mappings + (value - ISCC_CLASSES);
    const unsigned class = iscc_unicode_classes[mapping == NULL ? value : mapping[0] & 0xffu];
    const bool after_cased = collapse->after_cased;

    if ((class & ISCC_CHARACTER_IGNORABLE) == 0) {
        collapse->after_cased = (class & ISCC_CHARACTER_CASED) != 0;
        if (collapse->sigma_open)
            close_sigma(output, !collapse->after_cased);
    }
    if ((class & ISCC_CHARACTER_DROPPED) != 0)
        return;
    if (mapping == NULL) {
        add(output, character, class);
    } else if (character == CAPITAL_SIGMA && after_cased) {
        add_simple(output, OPEN_SIGMA);
        collapse->sigma_open = true;
    } else {
        add_mapping(output, mapping);
    }
}

/* Fewer ASCII characters than this in a row are not worth a call of the kernel. */
#define ASCII_MIN ((size_t)8)

/* Whether a text begins with enough ASCII characters, the first of which is kept: one that is dropped does not keep
 * what is held from composing with what follows. */
static bool begins_with_ascii(const uint8_t *text, size_t size)
{
    uint64_t word;

    if (size < ASCII_MIN)
        return false;
    memcpy(&word, text, sizeof word);
    return (word & UINT64_C(0x8080808080808080)) == 0 && (iscc_unicode_class(text[0]) & ISCC_CHARACTER_DROPPED) == 0;
}

static bool is_ignorable(uint8_t character)
{
    return (iscc_unicode_class(character) & ISCC_CHARACTER_IGNORABLE) != 0;
}

/* What ASCII characters mean for a sigma before and after them. */
static void pass_ascii(struct output *output, const uint8_t *text, size_t size)
{
    struct iscc_collapse *collapse = output->collapse;
    size_t first = 0;
    size_t last = size;

    while (collapse->sigma_open && first < size && is_ignorable(text[first]))
        first++;
    if (collapse->sigma_open && first < size)
        close_sigma(output, (iscc_unicode_class(text[first]) & ISCC_CHARACTER_CASED) == 0);
    while (last > 0 && is_ignorable(text[last - 1]))
        last--;
    if (last > 0)
        collapse->after_cased = (iscc_unicode_class(text[last - 1]) & ISCC_CHARACTER_CASED) != 0;
}

/* How many ASCII characters fit in the output, after what is held. */
static size_t room_for_ascii(const struct iscc_utf8_writer *writer, size_t limit)
{
    const size_t end = limit < writer->capacity ? limit : writer->capacity;
    const size_t used = writer->length + ISCC_COLLAPSE_SLACK;
    return end > used ? end - used : 0;
}

/* Collapses ASCII characters, the first of which is kept. None composes with anything. Returns how many. */
static size_t collapse_ascii(struct output *output, const struct iscc_kernels *kernels, const uint8_t *text,
                             size_t size)
{
    struct iscc_utf8_writer *writer = output->writer;
    size_t written;

    iscc_composer_flush(&output->collapse->composer, output);
    const size_t read = kernels->collapse_ascii(text, size, writer->out + writer->length, &written);
    pass_ascii(output, text, read);
    writer->length += written;
    return read;
}

size_t iscc_collapse_text(struct iscc_collapse *collapse, const struct iscc_kernels *kernels, const uint8_t *text,
                          size_t size, struct iscc_utf8_writer *writer, size_t limit, bool *valid)
{
    struct output output = {collapse, writer};
    size_t done = 0;
    int length = 1;

    while (done < size && writer->length < limit) {
        const size_t room = room_for_ascii(writer, limit);
        uint32_t character;
        if (begins_with_ascii(text + done, size - done < room ? size - done : room)) {
            done += collapse_ascii(&output, kernels, text + done, size - done < room ? size - done : room);
            continue;
        }
        length = iscc_utf8_read(text + done, size - done, &character);
        if (length <= 0)
            break;
        add_character(&output, character);
        done += (size_t)length;
    }
    *valid = length >= 0;
    return done;
}

static bool is_independent(uint32_t character)
{
    const unsigned value = iscc_unicode_value(character);
    unsigned class = iscc_unicode_class(character);

    if ((class & (ISCC_CHARACTER_IGNORABLE | ISCC_CHARACTER_DROPPED)) != 0 || character == CAPITAL_SIGMA)
        return false;
    /* Half of a surrogate pair counts as dropped, so that a character that maps to one is passed over. The marks that
     * are kept all compose with some character before them (see iscc_collapse_start). */
    if (value >= ISCC_CLASSES)
        class = iscc_unicode_class(iscc_unicode_mappings[value - ISCC_CLASSES + 2]);
    return (class & (ISCC_CHARACTER_SECOND | ISCC_CHARACTER_DROPPED)) == 0;
}

size_t iscc_collapse_find_start(const uint8_t *text, size_t size)
{
    size_t done = 0;

    while (done < size && (text[done] & 0xc0) == 0x80)
        done++;
    while (done < size) {
        uint32_t character;
        const int length = iscc_utf8_read(text + done, size - done, &character);
        if (length <= 0)
            return size;
        if (is_independent(character))
            break;
        done += (size_t)length;
    }
    return done;
}

void iscc_collapse_flush(struct iscc_collapse *collapse, struct iscc_utf8_writer *writer)
{
    struct output output = {collapse, writer};

    iscc_composer_flush(&collapse->composer, &output);
}

void iscc_collapse_end(struct iscc_collapse *collapse, struct iscc_utf8_writer *writer)
{
    struct output output = {collapse, writer};

    if (collapse->sigma_open)
        close_sigma(&output, true);
    iscc_composer_flush(&collapse->composer, &output);
}
