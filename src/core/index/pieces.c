/* SPDX-License-Identifier: Apache-2.0 */
/* An index in pieces: the rest, which has tables, and crowds, which are compared with what can be near them. */
#include <stdlib.h>
#include <string.h>

#include "index/query.h"

/* As in a scan of all with all. */
enum { ROWS = 64, TILE = ISCC_SEARCH_ROOM };

void iscc_pieces_drop(iscc_index *index)
{
    for (size_t i = 0; index->pieces != NULL && i < index->piece_count; i++)
        iscc_index_free(index->pieces[i].index);
    free(index->pieces);
    free(index->piece_digests);
    free(index->piece_numbers);
    index->pieces = NULL;
    index->piece_digests = NULL;
    index->piece_numbers = NULL;
    index->piece_count = 0;
}

size_t iscc_pieces_memory(const iscc_index *index)
{
    size_t bytes = 0;
    if (index->piece_count > 0)
        bytes += index->count * (index->size + sizeof *index->piece_numbers);
    for (size_t i = 0; i < index->piece_count; i++)
        bytes += sizeof index->pieces[i] + iscc_index_memory(index->pieces[i].index);
    return bytes;
}

/* ---- Building ---- */

/* Finds the piece of each digest, and how many each has: 0 is the rest, and then comes one for each ball. */
static void find_pieces(const iscc_index *index, const struct iscc_ball balls[], size_t count, uint8_t *pieces,
                        size_t sizes[])
{
    uint32_t numbers[TILE + ISCC_SEARCH_SLACK];

    memset(pieces, 0, index->count);
    memset(sizes, 0, (count + 1) * sizeof sizes[0]);
    for (size_t begin = 0; begin < index->count; begin += TILE) {
        const size_t left = index->count - begin;
        for (size_t ball = count; ball-- > 0;) {
            const size_t near =
                index->kernels->find_near(index->digests + begin * index->size, index->size, left < TILE ? left : TILE,
                                          balls[ball].centre, balls[ball].radius, numbers);
            for (size_t i = 0; i < near; i++)
                pieces[begin + numbers[i]] = (uint8_t)(ball + 1);
        }
    }
    for (size_t i = 0; i < index->count; i++)
        sizes[pieces[i]]++;
}

/* Copies the digests to where their piece begins. */
static void copy_digests(iscc_index *index, const uint8_t *pieces, const size_t sizes[], size_t piece_count)
{
    size_t next[ISCC_BALLS_MAX + 1];
    size_t begin = 0;

    for (size_t piece = 0; piece < piece_count; piece++) {
        next[piece] = begin;
        begin += sizes[piece];
    }
    for (size_t i = 0; i < index->count; i++) {
        const size_t place = next[pieces[i]]++;
        memcpy(index->piece_digests + place * index->size, index->digests + i * index->size, index->size);
        index->piece_numbers[place] = (uint32_t)i;
    }
}

/* Makes an index of the copies from `begin` on. */
static iscc_status make_piece(iscc_index *index, struct iscc_piece *piece, size_t begin, size_t count)
{
    piece->numbers = index->piece_numbers + begin;
    const iscc_status status = iscc_index_new(&piece->index, 8 * (unsigned)index->size);
    return status == ISCC_OK ? iscc_index_use(piece->index, index->piece_digests + begin * index->size, count) : status;
}

static iscc_status make_pieces(iscc_index *index, const struct iscc_ball balls[], const size_t sizes[], unsigned radius)
{
    iscc_status status = ISCC_OK;
    size_t begin = 0;
    double cost;

    for (size_t i = 0; i < index->piece_count && status == ISCC_OK; i++) {
        struct iscc_piece *piece = &index->pieces[i];
        if (i > 0)
            piece->ball = balls[i - 1];
        status = make_piece(index, piece, begin, sizes[i]);
        begin += sizes[i];
    }
    return status == ISCC_OK ? iscc_index_build_tables(index->pieces[0].index, radius, &cost) : status;
}

iscc_status iscc_pieces_build(iscc_index *index, const struct iscc_ball balls[], size_t count, unsigned radius)
{
    uint8_t *pieces = malloc(index->count);
    size_t sizes[ISCC_BALLS_MAX + 1];
    iscc_status status = ISCC_ERROR_MEMORY;

    iscc_index_drop_parts(index);
    index->pieces = calloc(count + 1, sizeof *index->pieces);
    index->piece_digests = malloc(index->count * index->size);
    index->piece_numbers = malloc(index->count * sizeof *index->piece_numbers);
    if (pieces != NULL && index->pieces != NULL && index->piece_digests != NULL && index->piece_numbers != NULL) {
        index->piece_count = count + 1;
        find_pieces(index, balls, count, pieces, sizes);
        copy_digests(index, pieces, sizes, count + 1);
        status = make_pieces(index, balls, sizes, radius);
    }
    free(pieces);
    return status;
}

/* ---- Searching ---- */

bool iscc_piece_is_in_reach(const iscc_index *index, const struct iscc_piece *piece, const uint8_t *digest,
                            unsigned radius)
{
    const unsigned distance = index->kernels->hamming(piece->ball.centre, digest, index->size);
    return distance <= piece->ball.radius || distance - piece->ball.radius <= radius;
}

/* From numbers in pieces to those in the whole index. */
struct relay {
    const uint32_t *firsts; /* NULL: a query */
    const uint32_t *seconds;
    const uint32_t *labels;
    iscc_pair_function *found;
    void *context;
    bool is_ended;
};

static int relay_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct relay *relay = context;
    const uint32_t b = relay->seconds[second];

    if (relay->firsts == NULL) {
        relay->is_ended = relay->found(relay->context, first, b, distance) != 0;
    } else {
        const uint32_t a = relay->firsts[first];
        relay->is_ended = relay->found(relay->context, a < b ? a : b, a < b ? b : a, distance) != 0;
    }
    return relay->is_ended;
}

void iscc_pieces_each(const iscc_index *index, const uint8_t *digest, unsigned radius, iscc_pair_function *found,
                      void *context)
{
    struct relay relay = {.found = found, .context = context};

    for (size_t i = 0; i < index->piece_count && !relay.is_ended; i++) {
        const struct iscc_piece *piece = &index->pieces[i];
        relay.seconds = piece->numbers;
        if (i == 0 || iscc_piece_is_in_reach(index, piece, digest, radius))
            iscc_index_each(piece->index, digest, radius, relay_pair, &relay);
    }
}

/* Some digests of a piece, as many as are compared with a tile of others. */
struct rows {
    const struct iscc_piece *piece;
    uint32_t numbers[ROWS];
    size_t count;
};

static void scan_across(const struct rows *rows, const struct iscc_piece *other, unsigned radius, struct relay *relay)
{
    const size_t count = other->index->count;
    struct iscc_search search;
    uint32_t label;

    relay->seconds = other->numbers;
    iscc_search_init(&search, other->index, rows->piece->index->digests, radius, relay_pair, relay);
    search.labels = relay->labels;
    search.left_numbers = relay->firsts;
    search.right_numbers = relay->seconds;
    for (size_t tile = 0; tile < count && rows->count > 0; tile += TILE) {
        const size_t end = tile + TILE < count ? tile + TILE : count;
        const bool one_label = iscc_search_one_label(&search, tile, end, &label);
        for (size_t i = 0; i < rows->count && !search.is_ended; i++)
            if (!one_label || iscc_left_label(&search, rows->numbers[i]) != label)
                iscc_search_scan(&search, rows->numbers[i], tile, end, 0);
    }
}

/* Compares the digests of a piece from `begin` to `end` with the pieces behind it, which are crowds. */
static void search_behind(const iscc_index *index, const struct iscc_piece *piece, size_t begin, size_t end,
                          unsigned radius, struct relay *relay)
{
    struct rows rows = {.piece = piece};

    for (size_t first = begin; first < end; first += ROWS)
        for (const struct iscc_piece *other = piece + 1; other != index->pieces + index->piece_count; other++) {
            rows.count = 0;
            for (size_t row = first; row < end && row < first + ROWS && !relay->is_ended; row++)
                if (iscc_piece_is_in_reach(index, other, piece->index->digests + row * index->size, radius))
                    rows.numbers[rows.count++] = (uint32_t)row;
            scan_across(&rows, other, radius, relay);
        }
}

void iscc_pieces_pairs(const iscc_index *index, unsigned radius, const uint32_t *labels, size_t slice, size_t slices,
                       iscc_pair_function *found, void *context)
{
    struct relay relay = {.labels = labels, .found = found, .context = context};

    for (size_t i = 0; i < index->piece_count && !relay.is_ended; i++) {
        const struct iscc_piece *piece = &index->pieces[i];
        const size_t count = piece->index->count;
        relay.firsts = piece->numbers;
        relay.seconds = piece->numbers;
        iscc_search_pairs(piece->index, radius, labels, piece->numbers, slice, slices, relay_pair, &relay);
        search_behind(index, piece, iscc_slice_begin(count, slice, slices), iscc_slice_begin(count, slice + 1, slices),
                      radius, &relay);
    }
}
