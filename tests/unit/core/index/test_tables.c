/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of an index against a sort by comparing, and the memory that they take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "index/index.h"
#include "support/allocations.h"
#include "digests.h"
#include "support/random.h"
#include "table_model.h"

enum { COUNT_MAX = 20000 };

static iscc_index *search_index;
static uint8_t digests[COUNT_MAX * 32];
static struct table_entry entries[COUNT_MAX];
static size_t size;
static size_t count;

static void make_index(uint64_t *random, enum digests_kind kind)
{
    digests_fill(random, kind, digests, size, count);
    allocations_begin();
    assert_int_equal(iscc_index_new(&search_index, 8 * (unsigned)size), ISCC_OK);
    assert_int_equal(iscc_index_use(search_index, digests, count), ISCC_OK);
}

static void free_index(void)
{
    iscc_index_free(search_index);
    allocations_end();
}

/* ---- The tables ---- */

static void check_table(const struct iscc_part *part)
{
    size_t before = 0; /* entries of smaller keys */

    for (uint32_t key = 0; key <= UINT32_C(1) << part->width; key++) {
        while (before < count && entries[before].key < key)
            before++;
        assert_int_equal(part->offsets[key], before);
    }
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(part->numbers[i], entries[i].number);
        assert_int_equal(part->sketches[i], entries[i].sketch);
    }
    for (size_t i = 0; i < ISCC_SEARCH_SLACK; i++)
        assert_int_equal(part->sketches[count + i], 0);
}

/*
 * The most entries that are sorted together. Their keys are all that begin with one of some values of the first nine
 * bits, one after the other: as many values as have half of all entries and one, or one that has more.
 */
static size_t sorted_together(const struct iscc_part *part)
{
    const unsigned shift = part->width > 9 ? part->width - 9 : 0;
    size_t most = 0;
    size_t together = 0;

    for (size_t i = 0, end; i < count; i = end) {
        const uint32_t value = entries[i].key >> shift;
        for (end = i; end < count && entries[end].key >> shift == value; end++)
            ;
        if (together + (end - i) > count / 2 + 1)
            together = 0;
        together += end - i;
        most = together > most ? together : most;
    }
    return most;
}

/* Two numbers for each digest, and where each key begins. */
static size_t table_bytes(const struct iscc_part *part)
{
    return 4 * (((size_t)1 << part->width) + 2 + 2 * count + ISCC_SEARCH_SLACK);
}

static void check_tables(size_t part_count)
{
    struct iscc_part parts[ISCC_PARTS_MAX];
    size_t bytes = sizeof *search_index;
    size_t together = 0;

    iscc_plan_layout(parts, part_count, 8 * size, count);
    assert_int_equal(search_index->part_count, part_count);
    for (size_t i = 0; i < part_count; i++) {
        const struct iscc_part *part = &search_index->parts[i];
        assert_int_equal(part->start, parts[i].start);
        assert_int_equal(part->width, parts[i].width);
        assert_int_equal(part->sketch_bits, parts[i].sketch_bits);
        table_model_fill(search_index, part, entries);
        check_table(part);
        bytes += table_bytes(part);
        const size_t more = sorted_together(part);
        together = more > together ? more : together;
    }
    assert_int_equal(iscc_index_memory(search_index), bytes);
    assert_int_equal(allocations_held(), bytes);
    assert_int_equal(allocations_most(), bytes + (together + 1) * 3 * sizeof(uint32_t));
}

static void check_plans(void)
{
    for (unsigned radius = 0; radius < ISCC_PLANS; radius++) {
        struct iscc_plan plan;
        iscc_plan_make(search_index->parts, search_index->part_count, 8 * size, count, radius, &plan);
        assert_int_equal(search_index->plans[radius].is_scan, plan.is_scan);
        assert_memory_equal(search_index->plans[radius].radii, plan.radii, sizeof plan.radii);
    }
}

static void tables_are_sorted(void **state)
{
    static const size_t counts[] = {1, 2, 3, 4, 7, 16, 100, 511, 512, 1023, 1024, 2050, 5000, COUNT_MAX};
    uint64_t random = random_seed();

    (void)state;
    for (enum digests_kind kind = 0; kind < DIGESTS_KINDS; kind++)
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            size = 4 * (1 + random_below(&random, 8));
            count = counts[i];
            for (size_t part_count = 1; part_count <= ISCC_PARTS_MAX; part_count += 1 + random_below(&random, 5)) {
                make_index(&random, kind);
                assert_int_equal(iscc_index_build_parts(search_index, part_count), ISCC_OK);
                check_tables(part_count);
                check_plans();
                free_index();
            }
        }
}

/* All keys once, so that it is known to the entry how many are sorted together, and as often but for one. */
static void half_of_all_are_sorted_together(void **state)
{
    (void)state;
    size = 4;
    for (unsigned width = 1; width <= 12; width++)
        for (size_t more = 0; more < 3; more++) {
            count = ((size_t)1 << width) + (more < (size_t)1 << width ? more : 0);
            uint64_t random = 1;
            make_index(&random, DIGESTS_RANDOM);
            for (size_t i = 0; i < count; i++) {
                digests[i * size] = (uint8_t)(i << (16 - width) >> 8);
                digests[i * size + 1] = (uint8_t)(i << (16 - width));
            }
            assert_int_equal(iscc_index_build_parts(search_index, 1), ISCC_OK);
            assert_int_equal(search_index->parts[0].width, width);
            check_tables(1);
            free_index();
        }
}

/* Where all keys are 0, every part needs as much, and at once. */
static void room_for_sorting_is_taken_once(void **state)
{
    enum { PARTS = 3, TABLES = 3 };
    uint64_t random = random_seed();

    (void)state;
    size = 16;
    count = 1500;
    make_index(&random, DIGESTS_EQUAL);
    memset(digests, 0, count * size);
    const size_t before = allocations_taken();
    assert_int_equal(iscc_index_build_parts(search_index, PARTS), ISCC_OK);
    assert_int_equal(allocations_taken() - before, PARTS * TABLES + 1);
    free_index();
}

/* ---- Building again ---- */

static void tables_are_dropped(void **state)
{
    static const struct iscc_part none[ISCC_PARTS_MAX];
    uint64_t random = random_seed();

    (void)state;
    size = 16;
    count = 300;
    make_index(&random, DIGESTS_RANDOM);
    for (size_t part_count = ISCC_PARTS_MAX + 1; part_count-- > 0;) {
        assert_int_equal(iscc_index_build_parts(search_index, part_count), ISCC_OK);
        assert_int_equal(search_index->part_count, part_count);
        assert_int_equal(allocations_held(), iscc_index_memory(search_index));
    }
    assert_int_equal(iscc_index_build_parts(search_index, 3), ISCC_OK);
    iscc_index_drop_parts(search_index);
    assert_int_equal(search_index->part_count, 0);
    assert_memory_equal(search_index->parts, none, sizeof none);
    assert_int_equal(iscc_index_memory(search_index), sizeof *search_index);
    assert_int_equal(allocations_held(), sizeof *search_index);
    free_index();
    count = 0;
    make_index(&random, DIGESTS_RANDOM);
    assert_int_equal(iscc_index_build_parts(search_index, 3), ISCC_OK);
    assert_int_equal(search_index->part_count, 0);
    free_index();
}

/* What is added has room for more, which counts. */
static void memory_is_that_of_digests_and_tables(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size = 4; size <= 32; size += 4) {
        allocations_begin();
        assert_int_equal(iscc_index_new(&search_index, 8 * (unsigned)size), ISCC_OK);
        for (count = 0; count < 1000; count += 77) {
            random_fill(&random, digests, 77 * size);
            assert_int_equal(iscc_index_add(search_index, digests, 77), ISCC_OK);
            assert_int_equal(iscc_index_memory(search_index), allocations_held());
            assert_int_equal(iscc_index_build_parts(search_index, 1 + size / 4 % 3), ISCC_OK);
            assert_int_equal(iscc_index_memory(search_index), allocations_held());
        }
        free_index();
    }
}

/* So that whoever adds one at a time does not wait for copies of all. */
static void room_for_digests_doubles(void **state)
{
    const uint8_t digest[8] = {0};
    size_t room = 128;
    size_t taken = 2; /* the index itself, too */

    (void)state;
    allocations_begin();
    assert_int_equal(iscc_index_new(&search_index, 64), ISCC_OK);
    for (size_t added = 1; added <= 3000; added++) {
        assert_int_equal(iscc_index_add(search_index, digest, 1), ISCC_OK);
        if (added > room) {
            room *= 2;
            taken++;
        }
        assert_int_equal(allocations_held(), sizeof *search_index + room * sizeof digest);
        assert_int_equal(iscc_index_memory(search_index), allocations_held());
        assert_int_equal(allocations_taken(), taken);
    }
    memset(digests, 0, 9000 * sizeof digest);
    assert_int_equal(iscc_index_add(search_index, digests, 9000), ISCC_OK);
    assert_int_equal(allocations_held(), sizeof *search_index + 12000 * sizeof digest);
    free_index();
}

static void tables_are_those_of_the_best_number_of_parts(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    count = 5000;
    for (size = 4; size <= 32; size += 4)
        for (unsigned radius = 0; radius <= 12; radius += 3) {
            double cost = 0;
            double expected = 0;
            make_index(&random, DIGESTS_RANDOM);
            assert_int_equal(iscc_index_build_tables(search_index, radius, &cost), ISCC_OK);
            assert_int_equal(search_index->part_count, iscc_plan_parts(8 * size, count, radius, &expected));
            assert_true(cost == expected);
            free_index();
        }
}

/* ---- The seed ---- */

/* Words of 64 bits, the first bit the highest, of which the last is filled up with zeros. */
static uint64_t model_seed(void)
{
    uint64_t seed = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t word = 0; word < size; word += 8) {
            uint64_t bits = 0;
            for (size_t byte = word; byte < word + 8; byte++)
                bits = bits << 8 | (byte < size ? digests[i * size + byte] : 0u);
            seed = (seed ^ bits) * UINT64_C(11400714819323198485);
        }
    return seed;
}

/* Of the samples: each bit of each digest has a part in it, so that nobody foresees them. */
static void the_seed_is_of_all_bits(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size = 4; size <= 32; size += 4) {
        count = 9;
        make_index(&random, DIGESTS_RANDOM);
        assert_int_equal(iscc_index_build_parts(search_index, 0), ISCC_OK);
        assert_true(search_index->seed == model_seed());
        for (size_t bit = 0; bit < 8 * size * count; bit++) {
            const uint64_t seed = search_index->seed;
            digests[bit / 8] ^= (uint8_t)(1u << bit % 8);
            assert_int_equal(iscc_index_build_parts(search_index, bit % 2), ISCC_OK);
            assert_true(search_index->seed != seed);
            assert_true(search_index->seed == model_seed());
        }
        free_index();
    }
}

int main(void)
{
    /* Kernels are chosen by the first call that needs them, which may take memory: not while it is counted. */
    const char *name;
    if (iscc_backend(&name) != ISCC_OK)
        return 1;

    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_sorted),
        cmocka_unit_test(half_of_all_are_sorted_together),
        cmocka_unit_test(room_for_sorting_is_taken_once),
        cmocka_unit_test(tables_are_dropped),
        cmocka_unit_test(memory_is_that_of_digests_and_tables),
        cmocka_unit_test(room_for_digests_doubles),
        cmocka_unit_test(tables_are_those_of_the_best_number_of_parts),
        cmocka_unit_test(the_seed_is_of_all_bits),
    };
    return cmocka_run_group_tests_name("index_tables", tests, NULL, NULL);
}
