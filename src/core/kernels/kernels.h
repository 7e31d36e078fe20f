/* SPDX-License-Identifier: Apache-2.0 */
/* The inner loops, as one table of functions for each instruction set. */
#ifndef ISCC_KERNELS_H
#define ISCC_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Limits of a chunk's length in bytes (ISO 24138, average 1024). The shortest chunk has 257 bytes, because the first
 * byte examined is the one at offset 256. */
#define ISCC_CHUNK_SKIP 256u
#define ISCC_CHUNK_CENTRE 640u
#define ISCC_CHUNK_MAX 8192u
#define ISCC_MASK_STRICT 2047u /* before the centre */
#define ISCC_MASK_RELAXED 511u /* from the centre on */

#define ISCC_MINIMA 64u
#define ISCC_BLAKE3_SIZE 32u /* bytes of a hash */

/* The characters of a window of text (ISO 24138 "Text-Code"), and the most bytes that `hash_windows` gets at once. */
#define ISCC_WINDOW 13u
#define ISCC_WINDOWS_SIZE 8192u

/* See `collapse_ascii`. */
#define ISCC_ASCII_SLACK 8u

/* The most cuts that `find_cuts` can find in `size` bytes. */
#define ISCC_CUTS_MAX(size) ((size) / (ISCC_CHUNK_SKIP + 1u))

/* A batch of short inputs: the most bytes of one of them and of all, and the most inputs. Longer inputs fill the lanes
 * alone. */
#define ISCC_BATCH_INPUT ((size_t)256 * 1024)
#define ISCC_BATCH_SIZE ((size_t)1024 * 1024)
#define ISCC_BATCH_COUNT 256u

/* The most chunks in a batch of `size` bytes. */
#define ISCC_BATCH_CHUNKS(size, count) (ISCC_CUTS_MAX(size) + (count))

/*
 * What is known of a stream that says whether searching it in lanes pays (see speculation.c). All zero at its start. It
 * affects how fast cuts are found, never which ones.
 */
struct iscc_speculation {
    size_t block;      /* bytes to search in lanes at once; 0 means probe first */
    size_t backoff;    /* bytes to search sequentially before anything else */
    unsigned failures; /* in a row: probes and blocks that did not pay */
    bool constant;     /* the last probe saw a chunk of maximum length, as in data without content-defined cuts */
};

/* The state of the search in an open chunk. All zero at a chunk's first byte. */
struct iscc_gear_scan {
    uint32_t offset; /* bytes of the chunk that were examined or skipped: below ISCC_CHUNK_MAX */
    uint32_t hash;   /* gear hash of the bytes from ISCC_CHUNK_SKIP on */
};

/* The elements [begin, end) of an array. */
struct iscc_range {
    uint32_t begin;
    uint32_t end;
};

/* Since whole vectors are loaded and stored, the searches below may write this many numbers past their results, and
 * match_sketches may read this many words past a range. */
#define ISCC_SEARCH_SLACK 16u

/* Pure functions over buffers, without allocation or hidden state. All tables give the same results for every input. */
struct iscc_kernels {
    const char *name;

    /* Splits `size` bytes (below 2^32) into chunks. The first byte starts a chunk. Writes the offset of each chunk's
     * end to `cuts`, in order, and returns their number. The end of the bytes is not a cut: bytes after the last cut
     * belong to a chunk that is still open, and `open` receives the state of the search in it. Pass the same
     * `speculation` for all calls on a stream. Both may be NULL. */
    size_t (*find_cuts)(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_speculation *speculation,
                        struct iscc_gear_scan *open);

    /* Splits the inputs of a batch into chunks. They lie one after another and end at ends[i]. Writes the end of each
     * chunk to `cuts`, in order, and the number of the chunks of each input to `counts`. Here the end of an input is
     * the end of its last chunk; an empty input has one empty chunk. Returns false, and writes nothing of use, if they
     * are so few that `find_cuts` is faster. NULL where it always is. */
    bool (*split_batch)(const uint8_t *bytes, const uint32_t *ends, size_t count, uint32_t *cuts, uint32_t *counts);

    /* Computes the features of `count` chunks: the XXH32 with seed 0 of the bytes from cuts[i - 1] (`start` for the
     * first) to cuts[i]. */
    void (*hash_chunks)(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count, uint32_t *features);

    /* Computes the BLAKE3 hash of each input of a batch as for split_batch. NULL where nothing is faster than the
     * BLAKE3 library. */
    void (*hash_inputs)(const uint8_t *bytes, const uint32_t *ends, size_t count, uint8_t (*hashes)[ISCC_BLAKE3_SIZE]);

    /* Collapses the ASCII characters that `size` bytes begin with: keeps letters in lower case, digits and the symbols
     * $+<=>^`|~. Returns their number, and sets `written` to that of the characters kept. May store ISCC_ASCII_SLACK
     * bytes more than are read. */
    size_t (*collapse_ascii)(const uint8_t *text, size_t size, uint8_t *out, size_t *written);

    /* Computes the features of all windows of ISCC_WINDOW characters in `size` bytes of UTF-8: the XXH32 with seed 0 of
     * each. Returns their number, one for each character that has enough characters after it. */
    size_t (*hash_windows)(const uint8_t *text, size_t size, uint32_t *features);

    /* Sets minima[i] to the minimum of itself and permutation i of each of `count` features. */
    void (*lower_minima)(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count);

    /* The number of bits in which `size` bytes differ. */
    unsigned (*hamming)(const uint8_t *a, const uint8_t *b, size_t size);

    /* Finds which of `count` digests of `size` bytes differ from `digest` in at most `limit` bits. Writes their numbers
     * in order, and returns how many there are. */
    size_t (*find_near)(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                        uint32_t *numbers);

    /* Finds all pairs of one of `query_count` queries and a word in one of `count` ranges of `words` that differ in at
     * most `limit` bits. Writes the number of the query and the position of the word for each, in no particular order,
     * and returns how many there are. */
    size_t (*match_sketches)(const uint32_t *words, const struct iscc_range *ranges, size_t count,
                             const uint32_t *queries, size_t query_count, unsigned limit, uint32_t *query_numbers,
                             uint32_t *positions);

    /* Computes the distances of `count` pairs of digests, the i-th being left[lefts[i]] and right[rights[i]]. They may
     * lie anywhere in memory, so they are prefetched. */
    void (*measure_pairs)(const uint8_t *left, const uint32_t *lefts, const uint8_t *right, const uint32_t *rights,
                          size_t size, size_t count, uint16_t *distances);
};

/* The table in use, chosen by the first call. NULL if ISCC_BACKEND names one that is unknown or not available. */
const struct iscc_kernels *iscc_kernels_selected(void);

/* The index-th table that this machine can run, slowest first, or NULL past the last one. */
const struct iscc_kernels *iscc_kernels_available(size_t index);

/* ISO 24138: the gear values of the chunker, and the multipliers and addends of the 64 permutations. */
extern const uint32_t iscc_gear[256];
extern const uint64_t iscc_minhash_a[ISCC_MINIMA];
extern const uint64_t iscc_minhash_b[ISCC_MINIMA];

extern const struct iscc_kernels iscc_kernels_portable;
extern const struct iscc_kernels iscc_kernels_chains;
/* Defined only if the build has them: ISCC_HAVE_AVX2, ISCC_HAVE_AVX512, ISCC_HAVE_SIMD128. */
extern const struct iscc_kernels iscc_kernels_avx2;
extern const struct iscc_kernels iscc_kernels_avx512;
extern const struct iscc_kernels iscc_kernels_simd128;

#endif
