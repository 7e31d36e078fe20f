/* SPDX-License-Identifier: Apache-2.0 */
/* What is in the pieces of an index, and which of them a search compares with what. */
#include "pieces_model.h"

#include <string.h>

#include "crowded.h"
#include "digests.h"
#include "index/search.h"

struct pieces_model pieces_model;

void pieces_model_share_out(void)
{
    memset(pieces_model.sizes, 0, sizeof pieces_model.sizes);
    for (size_t i = 0; i < crowded.count; i++) {
        size_t piece = 1;
        while (piece < pieces.count &&
               crowded_distance(pieces.balls[piece].centre, crowded_digest(i)) > pieces.balls[piece].radius)
            piece++;
        piece %= pieces.count;
        pieces_model.members[piece][pieces_model.sizes[piece]++] = (uint32_t)i;
    }
}

/* Whether a point of a ball can be within the radius of a digest. */
static bool reaches(size_t piece, const uint8_t *digest, unsigned radius)
{
    return crowded_distance(pieces.balls[piece].centre, digest) <= (uint64_t)pieces.balls[piece].radius + radius;
}

struct work pieces_model_query(const uint8_t *digest, unsigned radius)
{
    struct work work = {.compared = pieces.count - 1};

    for (size_t piece = 0; piece < pieces.count; piece++) {
        if (piece > 0 && !reaches(piece, digest, radius))
            continue;
        work.scanned += pieces_model.sizes[piece];
        work.scans += (pieces_model.sizes[piece] + PIECES_TILE - 1) / PIECES_TILE;
        for (size_t i = 0; i < pieces_model.sizes[piece]; i++)
            work.compared += crowded_distance(digest, crowded_digest(pieces_model.members[piece][i])) <= radius;
    }
    return work;
}

/* Adds the work of one digest with a crowd: nothing where the crowd is out of reach; else each tile in which some
 * digest has another label. */
static void add_row(struct work *work, size_t row, size_t piece, unsigned radius, const uint32_t *labels)
{
    work->compared++;
    for (size_t tile = 0; tile < pieces_model.sizes[piece] && reaches(piece, crowded_digest(row), radius);
         tile += PIECES_TILE) {
        const size_t end =
            tile + PIECES_TILE < pieces_model.sizes[piece] ? tile + PIECES_TILE : pieces_model.sizes[piece];
        bool is_wanted = false;
        for (size_t i = tile; i < end; i++) {
            const size_t other = pieces_model.members[piece][i];
            is_wanted |= digests_labels_differ(labels, row, other);
            work->compared += digests_labels_differ(labels, row, other) &&
                              crowded_distance(crowded_digest(row), crowded_digest(other)) <= radius;
        }
        work->scans += is_wanted;
        work->scanned += is_wanted ? end - tile : 0;
    }
}

struct work pieces_model_across(unsigned radius, const uint32_t *labels, size_t slice, size_t slices)
{
    struct work work = {0};

    for (size_t piece = 0; piece < pieces.count; piece++)
        for (size_t i = iscc_slice_begin(pieces_model.sizes[piece], slice, slices);
             i < iscc_slice_begin(pieces_model.sizes[piece], slice + 1, slices); i++)
            for (size_t other = piece + 1; other < pieces.count; other++)
                add_row(&work, pieces_model.members[piece][i], other, radius, labels);
    return work;
}
