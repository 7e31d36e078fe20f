/* SPDX-License-Identifier: Apache-2.0 */
/* The table of functions that do the work on bytes, one table for each instruction set. */
#ifndef ISCC_KERNELS_H
#define ISCC_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Limits of a chunk's length (ISO 24138: average 1024 bytes). A chunk has a cut after 257 bytes at the earliest, since
 * the byte at offset 256 is the first that is looked at. */
#define ISCC_CHUNK_SKIP 256u
#define ISCC_CHUNK_CENTRE 640u
#define ISCC_CHUNK_MAX 8192u
#define ISCC_MASK_STRICT 2047u /* before the centre */
#define ISCC_MASK_RELAXED 511u /* from the centre on */

#define ISCC_MINIMA 64u

/* Room that `find_cuts` needs for a run of `size` bytes. */
#define ISCC_CUTS_MAX(size) ((size) / (ISCC_CHUNK_SKIP + 1u))

/*
 * What the past of a stream says about searching it in several places at once; all zero where nothing is known. It
 * changes how fast cuts are found, never which.
 */
struct iscc_trust {
    size_t block;      /* as many bytes may be risked at once; 0 where nothing is known */
    size_t pause;      /* as many bytes go first to the plain search */
    unsigned failures; /* since it last went well */
    bool constant;     /* the stream is without cuts but for those of the longest chunk */
};

/* Entries of an array from `begin` to before `end`. */
struct iscc_range {
    uint32_t begin;
    uint32_t end;
};

/* The searches below may write as many numbers behind their results, and match_sketches may read as many words behind a
 * range: a vector is stored and loaded as a whole. */
#define ISCC_SEARCH_SLACK 16u

/*
 * Pure functions over buffers: no state but what is passed, no allocation. Every table gives the same results on every
 * input.
 */
struct iscc_kernels {
    const char *name;

    /* Finds every cut in `size` bytes (below 2^32) whose first byte begins a chunk: writes the offset after the last
     * byte of each chunk that ends by the rules, in order, and returns how many. Bytes after the last cut belong to a
     * chunk that is still open: the end of the bytes is no cut. `trust` is kept from call to call of the same stream;
     * NULL: nothing is known. */
    size_t (*find_cuts)(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_trust *trust);

    /* XXH32, seed 0, of `count` chunks: the i-th goes from cuts[i - 1] (`start` for the first) to cuts[i]. */
    void (*hash_chunks)(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count, uint32_t *features);

    /* Lowers each minimum by `count` features: minima[i] = min(minima[i], permutation i of the feature). */
    void (*lower_minima)(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count);

    /* The number of bits that differ. */
    unsigned (*hamming)(const uint8_t *a, const uint8_t *b, size_t size);

    /* Finds the digests, of `size` bytes each and `count` of them, that differ from `digest` in at most `limit` bits:
     * writes their numbers in order, and returns how many there are. */
    size_t (*find_near)(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                        uint32_t *numbers);

    /* Finds the words within the `count` ranges of `words` that differ in at most `limit` bits from one of the
     * `query_count` words of `queries`: writes the number of the query and the place of the word for each pair, in no
     * particular order, and returns how many there are. */
    size_t (*match_sketches)(const uint32_t *words, const struct iscc_range *ranges, size_t count,
                             const uint32_t *queries, size_t query_count, unsigned limit, uint32_t *found,
                             uint32_t *places);

    /* The distances of `count` pairs of digests, the i-th of which are left[lefts[i]] and right[rights[i]]. They may
     * lie far apart in memory, so the next ones are fetched ahead. */
    void (*measure_pairs)(const uint8_t *left, const uint32_t *lefts, const uint8_t *right, const uint32_t *rights,
                          size_t size, size_t count, uint16_t *distances);
};

/* The table in use, chosen at the first call; NULL where ISCC_BACKEND asks for one that cannot be had. */
const struct iscc_kernels *iscc_kernels_selected(void);

/* The tables that this machine can run, slowest first; NULL past the last one. For tests and benchmarks as well. */
const struct iscc_kernels *iscc_kernels_available(size_t index);

/* ISO 24138: gear values of the chunker; multipliers and addends of the 64 permutations. */
extern const uint32_t iscc_gear[256];
extern const uint64_t iscc_minhash_a[ISCC_MINIMA];
extern const uint64_t iscc_minhash_b[ISCC_MINIMA];

extern const struct iscc_kernels iscc_kernels_portable;
extern const struct iscc_kernels iscc_kernels_chains;
/* Each of these is there if the build has it: ISCC_HAVE_AVX2 and so on. */
extern const struct iscc_kernels iscc_kernels_avx2;
extern const struct iscc_kernels iscc_kernels_avx512;

#endif
