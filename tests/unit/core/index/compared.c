/* SPDX-License-Identifier: Apache-2.0 */
/* An index of digests whose searches are compared with a comparison of all. */
#include "compared.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "hits.h"
#include "support/random.h"

struct compared compared;

uint8_t *compared_digest(size_t number)
{
    return compared.digests + number * compared.size;
}

/* All within the radius, in order. */
static size_t expect_hits(const uint8_t *digest, unsigned radius, struct iscc_hit *hits)
{
    size_t found = 0;
    for (size_t i = 0; i < compared.count; i++) {
        const unsigned distance = digests_distance(digest, compared_digest(i), compared.size);
        if (distance <= radius)
            hits[found++] = (struct iscc_hit){(uint32_t)i, distance};
    }
    hits_sort(hits, found);
    return found;
}

struct seen {
    size_t count;
    struct iscc_hit hits[COMPARED_MAX];
};

static int take_hit(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct seen *seen = context;
    assert_int_equal(first, 0);
    assert_in_range(seen->count, 0, COMPARED_MAX - 1);
    seen->hits[seen->count++] = (struct iscc_hit){second, distance};
    return 0;
}

void compared_query(const uint8_t *digest, unsigned radius, size_t capacity)
{
    struct iscc_hit expected[COMPARED_MAX];
    struct iscc_hit *hits = malloc(capacity * sizeof *hits + 1); /* as many, so that one too much is seen */
    struct seen seen = {0};
    size_t found = 0;
    const size_t expected_count = expect_hits(digest, radius, expected);

    assert_non_null(hits);
    assert_int_equal(iscc_index_query(compared.index, digest, radius, hits, capacity, &found), ISCC_OK);
    assert_int_equal(found, expected_count);
    hits_assert_equal(hits, expected, found < capacity ? found : capacity);

    assert_int_equal(iscc_index_each(compared.index, digest, radius, take_hit, &seen), ISCC_OK);
    assert_int_equal(seen.count, expected_count);
    hits_sort(seen.hits, seen.count);
    hits_assert_equal(seen.hits, expected, seen.count);

    assert_int_equal(iscc_index_nearest(compared.index, digest, hits, capacity, &found), ISCC_OK);
    assert_int_equal(found, capacity < compared.count ? capacity : compared.count);
    expect_hits(digest, 8 * (unsigned)compared.size, expected);
    hits_assert_equal(hits, expected, found);
    free(hits);
    /* Who wants none needs no room. */
    assert_int_equal(iscc_index_query(compared.index, digest, radius, NULL, 0, &found), ISCC_OK);
    assert_int_equal(found, expected_count);
    assert_int_equal(iscc_index_nearest(compared.index, digest, NULL, 0, &found), ISCC_OK);
    assert_int_equal(found, 0);
}

struct pairs_seen {
    size_t count;
    size_t wrong;
    unsigned radius;
    unsigned char *times; /* that each pair was told */
};

static int take_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct pairs_seen *seen = context;
    seen->wrong += first >= second || second >= compared.count || distance > seen->radius ||
                   distance != digests_distance(compared_digest(first), compared_digest(second), compared.size);
    seen->count++;
    if (first < compared.count && second < compared.count)
        seen->times[first * compared.count + second]++;
    return 0;
}

void compared_labelled_pairs(unsigned radius, size_t slices, const uint32_t *labels)
{
    struct pairs_seen seen = {.radius = radius, .times = calloc(compared.count * compared.count + 1, 1)};
    size_t expected = 0;

    assert_non_null(seen.times);
    for (size_t slice = 0; slice < slices; slice++)
        assert_int_equal(labels == NULL
                             ? iscc_index_pairs(compared.index, radius, slice, slices, take_pair, &seen)
                             : iscc_index_pairs_across(compared.index, radius, labels, slice, slices, take_pair, &seen),
                         ISCC_OK);
    for (size_t i = 0; i < compared.count; i++)
        for (size_t j = i + 1; j < compared.count; j++)
            if (digests_labels_differ(labels, i, j) &&
                digests_distance(compared_digest(i), compared_digest(j), compared.size) <= radius) {
                assert_int_equal(seen.times[i * compared.count + j], 1);
                expected++;
            }
    assert_int_equal(seen.wrong, 0);
    assert_int_equal(seen.count, expected);
    free(seen.times);
}

/* Labels in runs, so that many that stand together have the same. */
void compared_pairs(uint64_t *random, unsigned radius, size_t slices)
{
    uint32_t labels[COMPARED_MAX];
    uint32_t label = 0;

    compared_labelled_pairs(radius, slices, NULL);
    for (size_t i = 0; i < compared.count; i++) {
        if (random_below(random, 50) == 0)
            label = (uint32_t)random_below(random, 3);
        labels[i] = label;
    }
    compared_labelled_pairs(radius, slices, labels);
}

void compared_make(uint64_t *random, enum digests_kind kind, size_t number)
{
    compared.count = number;
    digests_fill(random, kind, compared.digests, compared.size, compared.count);
    assert_int_equal(iscc_index_new(&compared.index, 8 * (unsigned)compared.size), ISCC_OK);
    for (size_t added = 0; added < compared.count;) {
        const size_t more = 1 + random_below(random, compared.count - added);
        assert_int_equal(iscc_index_add(compared.index, compared_digest(added), more), ISCC_OK);
        added += more;
    }
    assert_int_equal(iscc_index_count(compared.index), compared.count);
}

void compared_search(uint64_t *random, unsigned radius)
{
    uint8_t digest[COMPARED_BYTES_MAX];

    random_fill(random, digest, sizeof digest);
    compared_query(digest, radius, random_below(random, 20));
    for (int i = 0; compared.count > 0 && i < 3; i++) {
        memcpy(digest, compared_digest(random_below(random, compared.count)), compared.size);
        digests_change(random, digest, compared.size, random_below(random, 6));
        compared_query(digest, radius, random_below(random, compared.count + 2));
    }
    if (compared.count > 0)
        compared_query(compared.digests, radius, COMPARED_MAX);
    compared_pairs(random, radius, 1 + random_below(random, 9));
}
