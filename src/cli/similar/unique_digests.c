/* SPDX-License-Identifier: Apache-2.0 */
/* Finds equal digests with a hash table with open addressing. */
#include "similar/unique_digests.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SLOT_FREE UINT32_MAX

/* The slots of this many digests are prefetched together. */
enum { BATCH = 32 };

struct table {
    uint32_t *slots; /* indices of digests, or SLOT_FREE */
    size_t mask;
    uint64_t seed;
};

/* An unpredictable seed keeps the author of a list from choosing digests that all hash to one slot. The result does not
 * depend on it. */
static uint64_t make_seed(const void *memory)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_nsec << 32 ^ (uint64_t)now.tv_sec ^ (uint64_t)(uintptr_t)memory;
}

/* Allocates a power of two of slots, at least two for each digest. */
static bool make_table(struct table *table, size_t count)
{
    size_t slots = (size_t)2 * BATCH;
    while (slots / 2 < count && slots <= SIZE_MAX / 2 / sizeof *table->slots)
        slots *= 2;
    table->slots = slots / 2 < count ? NULL : malloc(slots * sizeof *table->slots);
    if (table->slots == NULL)
        return false;
    memset(table->slots, 0xff, slots * sizeof *table->slots); /* SLOT_FREE */
    table->mask = slots - 1;
    table->seed = make_seed(table->slots);
    return true;
}

/* Mixes in each word of four bytes with the finalizer of SplitMix64 (Steele, Lea, Flood, 2014). */
static uint64_t hash_digest(uint64_t hash, const uint8_t *digest, size_t size)
{
    for (size_t i = 0; i < size; i += 4) {
        uint32_t word;
        memcpy(&word, digest + i, sizeof word);
        hash += word;
        hash = (hash ^ hash >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
        hash = (hash ^ hash >> 27) * UINT64_C(0x94d049bb133111eb);
        hash ^= hash >> 31;
    }
    return hash;
}

/* Inserts the digests from `begin` to `end`, at most BATCH of them. */
static void insert(struct unique_digests *unique, const struct table *table, const uint8_t *digests, size_t size,
                   size_t begin, size_t end, uint32_t *numbers, size_t stride)
{
    size_t slots[BATCH];

    for (size_t i = begin; i < end; i++) {
        slots[i - begin] = (size_t)hash_digest(table->seed, digests + i * size, size) & table->mask;
        __builtin_prefetch(table->slots + slots[i - begin]);
    }
    for (size_t i = begin; i < end; i++) {
        /* cppcheck-suppress uninitvar ; set by the loop above */
        uint32_t *slot = table->slots + slots[i - begin];
        while (*slot != SLOT_FREE && memcmp(digests + *slot * size, digests + i * size, size) != 0)
            slot = slot == table->slots + table->mask ? table->slots : slot + 1;
        if (*slot == SLOT_FREE) {
            *slot = (uint32_t)i;
            unique->positions[unique->count] = (uint32_t)i;
            numbers[i * stride] = (uint32_t)unique->count++;
        } else {
            numbers[i * stride] = numbers[*slot * stride];
        }
    }
}

/* Copies the unique digests into one array. */
static bool make_copies(struct unique_digests *unique, const uint8_t *digests, size_t size)
{
    unique->copies = malloc(unique->count * size);
    if (unique->copies == NULL)
        return false;
    for (size_t i = 0; i < unique->count; i++)
        memcpy(unique->copies + i * size, digests + unique->positions[i] * size, size);
    unique->digests = unique->copies;
    return true;
}

bool unique_digests_find(struct unique_digests *unique, const uint8_t *digests, size_t size, size_t count,
                         uint32_t *numbers, size_t stride)
{
    struct table table = {0};

    *unique = (struct unique_digests){.digests = digests};
    if (count == 0)
        return true;
    unique->positions = malloc(count * sizeof *unique->positions);
    bool made = unique->positions != NULL && make_table(&table, count);
    for (size_t i = 0; made && i < count; i += BATCH)
        insert(unique, &table, digests, size, i, i + BATCH < count ? i + BATCH : count, numbers, stride);
    free(table.slots);
    made = made && (unique->count == count || make_copies(unique, digests, size));
    if (!made)
        unique_digests_free(unique);
    return made;
}

void unique_digests_free(struct unique_digests *unique)
{
    free(unique->positions);
    free(unique->copies);
    *unique = (struct unique_digests){0};
}
