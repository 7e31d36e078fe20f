/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libiscc: ISO 24138 content codes of byte streams.
 *
 * Bytes go in, codes come out. The library opens no file, starts no thread, prints nothing and never ends the process.
 *
 * A stream gets two codes. The Data-Code is a similarity digest: streams that share most of their content have
 * Data-Codes that differ in few bits. The Instance-Code is a BLAKE3 digest: it is the same only for the same bytes.
 * Both together make an ISCC-CODE, the "sum code".
 *
 *     iscc_sum_hasher *hasher;
 *     struct iscc_sum_code code;
 *     iscc_status status = iscc_sum_hasher_new(&hasher);
 *     while (status == ISCC_OK && (n = fread(buffer, 1, sizeof buffer, stdin)) > 0)
 *         status = iscc_sum_hasher_update(hasher, buffer, n);
 *     if (status == ISCC_OK)
 *         status = iscc_sum_hasher_finalize(hasher, ISCC_WIDE, &code);
 *     iscc_sum_hasher_free(hasher);
 *
 * Conventions that hold for every function below:
 *
 * - Errors. A function that can fail returns an iscc_status, ISCC_OK being 0. Out-parameters are written on success
 *   only, unless the function says otherwise. A null pointer where none is allowed is ISCC_ERROR_ARGUMENT.
 * - Text. Codes are written as NUL-terminated strings in their canonical form: "ISCC:" and upper-case base32
 *   (RFC 4648, no padding). Code arguments are NUL-terminated and are read forgivingly: blanks around, lower case,
 *   a missing "ISCC:", and hyphens inside are accepted.
 * - Bits. A `bits` argument is the length of a unit's body: a multiple of 32 from 32 to 256. Anything else is
 *   ISCC_ERROR_BITS.
 * - Threads. Two objects are independent, and any number of threads may each use their own. One object serves one
 *   thread at a time; calls on a const object may run at once. Functions without an object are reentrant.
 * - Memory. Only the _new and _gen functions allocate, and those that fill an index. A hasher has the same size
 *   however long its stream is.
 */
#ifndef LIBISCC_ISCC_H
#define LIBISCC_ISCC_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version stands here and nowhere else: the build and the program derive theirs. */
#define ISCC_VERSION_MAJOR 0
#define ISCC_VERSION_MINOR 1
#define ISCC_VERSION_PATCH 0

/* Grows by one with each incompatible change of this header. The name of the shared library ends in it (libiscc.so.1),
 * and so does the version of its symbols (LIBISCC_1). */
#define ISCC_ABI_VERSION 1

#if defined(__GNUC__)
#define ISCC_API __attribute__((visibility("default")))
#else
#define ISCC_API
#endif

/* What a call came to. The numbers are part of the ABI: new ones are added at the end. */
typedef enum iscc_status {
    ISCC_OK = 0,
    ISCC_ERROR_ARGUMENT = 1,  /* a null pointer, an unknown flag, or a value outside of its range */
    ISCC_ERROR_MEMORY = 2,    /* an allocation failed */
    ISCC_ERROR_BITS = 3,      /* bits is not a multiple of 32 from 32 to 256 */
    ISCC_ERROR_BACKEND = 4,   /* ISCC_BACKEND names a backend that is unknown or not available here */
    ISCC_ERROR_CHARACTER = 5, /* a character that is not base32 */
    ISCC_ERROR_TOO_SHORT = 6, /* the text ends before the length that its header gives */
    ISCC_ERROR_TOO_LONG = 7,  /* the text goes on after the length that its header gives */
    ISCC_ERROR_MAIN_TYPE = 8, /* the header's MainType is unknown */
    ISCC_ERROR_SUB_TYPE = 9,  /* the header's SubType is unknown for its MainType */
    ISCC_ERROR_VERSION = 10,  /* the header's version is not V0 */
    ISCC_ERROR_LENGTH = 11,   /* the header's length field has no meaning for its MainType */
    ISCC_ERROR_UNITS = 12,    /* these units do not make an ISCC-CODE */
    ISCC_ERROR_MISMATCH = 13  /* codes of different type cannot be compared */
} iscc_status;

/* A sentence part in English for a status, lower case and without full stop; "unknown status" for a number that is
 * none. Never NULL; static storage. */
ISCC_API const char *iscc_strerror(iscc_status status);

/* The version of the library that is linked, as "MAJOR.MINOR.PATCH"; static storage. */
ISCC_API const char *iscc_version(void);

/* The version of BLAKE3 that it hashes with; static storage. */
ISCC_API const char *iscc_blake3_version(void);

/* ISCC_ABI_VERSION of the library that is linked: compare it with the macro to notice a mismatch. */
ISCC_API unsigned iscc_abi_version(void);

/*
 * The kernels in use: "portable", "avx2" and so on, in static storage.
 *
 * They are chosen once in a process, by the first call that needs them: the fastest that this machine runs, or what the
 * environment variable ISCC_BACKEND names ("auto" means the former). Every backend gives the same codes. Where
 * ISCC_BACKEND names one that is unknown or cannot run here, this and every _new and _gen_ function (but
 * iscc_gen_iscc_code_v0, which works on text) returns ISCC_ERROR_BACKEND: a wish is never quietly replaced.
 */
ISCC_API iscc_status iscc_backend(const char **name);

/* The name of the index-th backend that can run on this machine, slowest first ("portable" is 0), or NULL past the last
 * one. Static storage. */
ISCC_API const char *iscc_backend_available(size_t index);

/* ---- Sizes of texts, terminating NUL included ---- */

/* Any code: the longest is a composite of five 64-bit units (2 header and 40 body bytes: 68 base32 characters). */
#define ISCC_CODE_SIZE 74
/* A data hash: multihash prefix "1e20" and 64 hexadecimal digits. */
#define ISCC_DATAHASH_SIZE 69
/* The longest digest in bytes: a composite's body of 320 bits. */
#define ISCC_DIGEST_SIZE 40
/* An ISCC-CODE has five units at most. */
#define ISCC_UNITS_MAX 5

/* ---- Streaming hashers ----
 *
 * new -> update any number of times -> finalize. Where a stream is split into updates makes no difference. finalize
 * leaves the object as it was: a stream can be asked mid-way and go on. reset makes it as new, without an allocation.
 * free takes NULL.
 *
 * _new      ISCC_ERROR_MEMORY, ISCC_ERROR_BACKEND.
 * _update   `data` may be NULL where `size` is 0. No allocation; cannot fail but by ISCC_ERROR_ARGUMENT.
 * _update_zeros
 *           As _update with `size` bytes that are zero, such as the hole of a sparse file, which need not be in memory.
 *           The Data-Code takes the same time for any number of them; BLAKE3 has to hash them all.
 * _finalize ISCC_ERROR_BITS or, for an unknown flag, ISCC_ERROR_ARGUMENT.
 */

/* Data-Code, ISO 24138 "Data-Code": content-defined chunks of about 1 KiB, XXH32 of each as a feature, and 64 minima
 * over permutations of the features. */
typedef struct iscc_data_hasher iscc_data_hasher;
ISCC_API iscc_status iscc_data_hasher_new(iscc_data_hasher **hasher);
ISCC_API iscc_status iscc_data_hasher_update(iscc_data_hasher *hasher, const void *data, size_t size);
ISCC_API iscc_status iscc_data_hasher_update_zeros(iscc_data_hasher *hasher, uint64_t size);
ISCC_API iscc_status iscc_data_hasher_finalize(const iscc_data_hasher *hasher, unsigned bits,
                                               char code[ISCC_CODE_SIZE]);
ISCC_API void iscc_data_hasher_reset(iscc_data_hasher *hasher);
ISCC_API void iscc_data_hasher_free(iscc_data_hasher *hasher);

/* Instance-Code, ISO 24138 "Instance-Code": BLAKE3. `datahash` and `filesize` may be NULL; datahash is the whole digest
 * as a multihash in lower-case hexadecimal, whatever `bits` is; filesize the number of bytes seen. */
typedef struct iscc_instance_hasher iscc_instance_hasher;
ISCC_API iscc_status iscc_instance_hasher_new(iscc_instance_hasher **hasher);
ISCC_API iscc_status iscc_instance_hasher_update(iscc_instance_hasher *hasher, const void *data, size_t size);
ISCC_API iscc_status iscc_instance_hasher_update_zeros(iscc_instance_hasher *hasher, uint64_t size);
ISCC_API iscc_status iscc_instance_hasher_finalize(const iscc_instance_hasher *hasher, unsigned bits,
                                                   char code[ISCC_CODE_SIZE], char datahash[ISCC_DATAHASH_SIZE],
                                                   uint64_t *filesize);
ISCC_API void iscc_instance_hasher_reset(iscc_instance_hasher *hasher);
ISCC_API void iscc_instance_hasher_free(iscc_instance_hasher *hasher);

/* Flags of the sum code. */
#define ISCC_NARROW 0u /* SubType SUM: 64 bits of each unit, the form of ISO 24138:2024 */
#define ISCC_WIDE 1u   /* SubType WIDE: 128 bits of each unit */

/* All that is known of a stream at its end. The member names are those of the iscc-schema vocabulary. */
struct iscc_sum_code {
    uint64_t filesize;                 /* bytes */
    char iscc[ISCC_CODE_SIZE];         /* the ISCC-CODE, SUM or WIDE */
    char datahash[ISCC_DATAHASH_SIZE]; /* BLAKE3 as a multihash */
    char data_code[ISCC_CODE_SIZE];    /* the units in 256 bits */
    char instance_code[ISCC_CODE_SIZE];
};

/* Data-Code and Instance-Code of one stream, from one pass over each buffer. `flags` is ISCC_NARROW or ISCC_WIDE. */
typedef struct iscc_sum_hasher iscc_sum_hasher;
ISCC_API iscc_status iscc_sum_hasher_new(iscc_sum_hasher **hasher);
ISCC_API iscc_status iscc_sum_hasher_update(iscc_sum_hasher *hasher, const void *data, size_t size);
ISCC_API iscc_status iscc_sum_hasher_update_zeros(iscc_sum_hasher *hasher, uint64_t size);
ISCC_API iscc_status iscc_sum_hasher_finalize(const iscc_sum_hasher *hasher, unsigned flags,
                                              struct iscc_sum_code *code);
ISCC_API void iscc_sum_hasher_reset(iscc_sum_hasher *hasher);
ISCC_API void iscc_sum_hasher_free(iscc_sum_hasher *hasher);

/*
 * The two halves of a sum hasher, for those who feed them from two threads at once. They belong to the sum hasher. Both
 * must have got the same bytes when the sum hasher is finalized: ISCC_ERROR_ARGUMENT where their number differs. NULL
 * gives NULL.
 */
ISCC_API iscc_data_hasher *iscc_sum_hasher_data(iscc_sum_hasher *hasher);
ISCC_API iscc_instance_hasher *iscc_sum_hasher_instance(iscc_sum_hasher *hasher);

/* ---- The Data-Code of one stream on several threads ----
 *
 * The stream is cut into blocks of any size. Each is prepared on its own, on any thread and in any order, as if a chunk
 * began at its first byte; then the blocks are joined in stream order. The join runs the true chain of chunks on from
 * the block before until it meets one of the block's own cuts: from there on the prepared chunks are the true ones,
 * since a chunk depends on nothing before it. The result is that of iscc_data_hasher_update over the same bytes,
 * whatever the blocks are.
 *
 * On ordinary data the two meet within a few chunks. Where they do not (long periodic runs out of step) the join does
 * the work again: it tells how much, and while that is most of the block it is better to use iscc_data_hasher_update
 * for the blocks that follow.
 */
typedef struct iscc_data_block iscc_data_block;

/* Room for blocks of up to `size_max` bytes (1 to 2^30): about a thirtieth of that in memory, and no copy of the bytes.
 */
ISCC_API iscc_status iscc_data_block_new(iscc_data_block **block, size_t size_max);

/* Prepares a block of 1 to size_max bytes, which must stay as they are until it is joined. Overwrites what was prepared
 * before. */
ISCC_API iscc_status iscc_data_block_prepare(iscc_data_block *block, const void *data, size_t size);

/* Adds a prepared block to a stream. `repeated`, which may be NULL, gets the number of bytes that had to be chunked
 * again. ISCC_ERROR_ARGUMENT for a block that is not prepared. The block is not changed: it may be joined to other
 * streams too. */
ISCC_API iscc_status iscc_data_hasher_join(iscc_data_hasher *hasher, const iscc_data_block *block, size_t *repeated);

ISCC_API void iscc_data_block_free(iscc_data_block *block);

/* ---- One-shot functions: the hashers above over one buffer, with the errors of _new, _update and _finalize ---- */

ISCC_API iscc_status iscc_gen_data_code_v0(const void *data, size_t size, unsigned bits, char code[ISCC_CODE_SIZE]);
ISCC_API iscc_status iscc_gen_instance_code_v0(const void *data, size_t size, unsigned bits, char code[ISCC_CODE_SIZE],
                                               char datahash[ISCC_DATAHASH_SIZE], uint64_t *filesize);
ISCC_API iscc_status iscc_gen_sum_code_v0(const void *data, size_t size, unsigned flags, struct iscc_sum_code *code);

/* ---- Codes ---- */

enum iscc_main_type {
    ISCC_META = 0,
    ISCC_SEMANTIC = 1,
    ISCC_CONTENT = 2,
    ISCC_DATA = 3,
    ISCC_INSTANCE = 4,
    ISCC_ISCC = 5,
    ISCC_ID = 6,   /* can be decoded; this library computes none */
    ISCC_FLAKE = 7 /* likewise */
};

/* SubTypes of CONTENT and SEMANTIC, and, with the three below, of ISCC. ID has 0 to 3: PRIVATE, BITCOIN, ETHEREUM and
 * POLYGON, where it was minted. Other MainTypes have ISCC_NONE alone. */
enum iscc_sub_type {
    ISCC_NONE = 0,
    ISCC_TEXT = 0,
    ISCC_IMAGE = 1,
    ISCC_AUDIO = 2,
    ISCC_VIDEO = 3,
    ISCC_MIXED = 4,
    ISCC_ISCC_SUM = 5,
    ISCC_ISCC_NONE = 6,
    ISCC_ISCC_WIDE = 7
};

/*
 * A code taken apart. What the length field says depends on the MainType:
 *
 * - A unit, and FLAKE: bits / 32 - 1, from 0 to 7.
 * - ID: (bits - 64) / 8, from 0 to 4.
 * - ISCC: which optional units stand in it, as a sum of CONTENT 1, SEMANTIC 2 and META 4. It agrees with the
 *   SubType: SUM and WIDE have 0, NONE has 4, and a media type comes with CONTENT or SEMANTIC.
 */
struct iscc_decoded {
    unsigned main_type;               /* enum iscc_main_type */
    unsigned sub_type;                /* enum iscc_sub_type */
    unsigned version;                 /* 0 */
    unsigned length;                  /* the header's length field, see above */
    unsigned bits;                    /* of the body: 32 to 320 */
    uint8_t digest[ISCC_DIGEST_SIZE]; /* the body: bits / 8 bytes, the rest is 0 */
};

/*
 * Takes a code apart. A text that is no code returns the reason, the first of these that holds. `position`, which may
 * be NULL, then gets where it is in `code`:
 *
 * - ISCC_ERROR_CHARACTER: a character that is neither base32 nor a hyphen, or a blank inside; its offset
 * - ISCC_ERROR_TOO_SHORT: the text ends within the header; its length
 * - ISCC_ERROR_MAIN_TYPE, _SUB_TYPE, _VERSION, _LENGTH: of the header; the offset of the first character after
 *   the prefix
 * - ISCC_ERROR_TOO_SHORT: the text ends within the body; its length
 * - ISCC_ERROR_TOO_LONG: a digit after the body, or a bit that is set after the body in the last digit; its offset
 *
 * The text is read once, whatever its length is.
 */
ISCC_API iscc_status iscc_decode(const char *code, struct iscc_decoded *decoded, size_t *position);

/* Puts a code together from its parts; `bits` must be what `length` says. Errors as iscc_decode, ISCC_ERROR_BITS where
 * the two disagree. Encoding what iscc_decode gave yields the canonical text. */
ISCC_API iscc_status iscc_encode(const struct iscc_decoded *decoded, char code[ISCC_CODE_SIZE]);

/* Writes the canonical text of a code. Errors as iscc_decode. `code` and `canonical` may be the same memory. */
ISCC_API iscc_status iscc_normalize(const char *code, char canonical[ISCC_CODE_SIZE]);

/* ISCC_OK for a code that is valid in its canonical form, the reason as iscc_decode for one that is none, and
 * ISCC_ERROR_CHARACTER for a code that iscc_normalize would change. */
ISCC_API iscc_status iscc_validate(const char *code);

/*
 * Composes an ISCC-CODE (ISO 24138 "ISCC-CODE"). `units` are `count` (2 to 5) codes in any order, of different
 * MainTypes, among them a Data-Code and an Instance-Code, each of at least 64 bits; Content and Semantic units must
 * agree on the SubType. With ISCC_WIDE: Data and Instance alone, each of at least 128 bits. ISCC_ERROR_UNITS where a
 * rule of these is broken; errors of iscc_decode where a unit is no code.
 */
ISCC_API iscc_status iscc_gen_iscc_code_v0(const char *const units[], size_t count, unsigned flags,
                                           char code[ISCC_CODE_SIZE]);

/* The units of an ISCC-CODE, sorted by MainType: 64-bit units, or two of 128 bits from WIDE. A unit gives itself.
 * `units` has room for ISCC_UNITS_MAX codes. Errors as iscc_decode. */
ISCC_API iscc_status iscc_decompose(const char *code, char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE], size_t *count);

/* A readable name such as "ISCC-SUM-V0-DI" (the letters are the units' initials) or "DATA-NONE-V0-256" (the number is
 * the bits). `name` has room for ISCC_TYPE_NAME_SIZE bytes. Errors as iscc_encode. */
#define ISCC_TYPE_NAME_SIZE 32
ISCC_API iscc_status iscc_type_name(const struct iscc_decoded *decoded, char name[ISCC_TYPE_NAME_SIZE]);

/* The number of bits in which two digests of `size` bytes differ. Errors: ISCC_ERROR_ARGUMENT, also where 8 * `size`
 * does not fit in `distance`; ISCC_ERROR_BACKEND. */
ISCC_API iscc_status iscc_hamming_distance(const void *a, const void *b, size_t size, unsigned *distance);

/*
 * The Hamming distance of two units of the same MainType, SubType and version. Units of different length are compared
 * over the bits of the shorter one; `bits`, which may be NULL, gets that number. ISCC_ERROR_MISMATCH for codes of
 * different type and for ISCC-CODEs, which are no one digest: decompose them. Other errors as iscc_decode.
 */
ISCC_API iscc_status iscc_distance(const char *a, const char *b, unsigned *distance, unsigned *bits);

/* ---- Search among many digests ----
 *
 * An index holds digests of one length, numbered 0, 1, 2 ... as they were added, and finds those within a Hamming
 * distance of another one, all of them and no others.
 *
 *     iscc_index_new(&index, 128);
 *     iscc_index_add(index, digests, count);
 *     iscc_index_build(index, 12);
 *     iscc_index_query(index, digest, 12, hits, sizeof hits / sizeof *hits, &found);
 *     iscc_index_free(index);
 *
 * Without tables, or where they do not pay, a query compares the digest with all others. The tables are by parts: a
 * digest is split in parts, and two digests within distance r are within r_i in one of them, for any r_i whose r_i + 1
 * add up to r + 1 or more. So the entries whose part is that near are looked up in a table by the part, for each part,
 * and measured. How the digests are split, and how r is shared out, is chosen by what it will cost: from their number
 * and length, the distance, and how evenly the digests fill the tables.
 *
 * Tables do not help among digests that lie around one point, most of them just farther from one another than the
 * radius: to find all pairs of k such digests takes about as long as to compare all k * k / 2.
 *
 * Threads: _new to _build and _free need the index for themselves. All others take a const index and may run on any
 * number of threads at once. They allocate nothing.
 */
typedef struct iscc_index iscc_index;

/* As many digests may be in an index: numbers have 32 bits. */
#define ISCC_INDEX_MAX 0xfffffff0u

/* A digest that was found, and its distance in bits. */
struct iscc_hit {
    uint32_t number;
    uint32_t distance;
};

/* An empty index for digests of `bits` bits. ISCC_ERROR_BITS, ISCC_ERROR_MEMORY, ISCC_ERROR_BACKEND. */
ISCC_API iscc_status iscc_index_new(iscc_index **index, unsigned bits);

/* Adds copies of `count` digests, of bits / 8 bytes each, one behind the other. Their numbers go on from
 * iscc_index_count. Tables that were built are given up: build again. ISCC_ERROR_MEMORY; ISCC_ERROR_ARGUMENT also
 * beyond ISCC_INDEX_MAX or after iscc_index_use. After an error the index is as it was. */
ISCC_API iscc_status iscc_index_add(iscc_index *index, const void *digests, size_t count);

/* Lets an empty index work on the caller's digests, which must stay where and as they are while the index is in use:
 * for those who have them all in memory anyway. ISCC_ERROR_ARGUMENT also where the index is not empty, and for more
 * than ISCC_INDEX_MAX digests. */
ISCC_API iscc_status iscc_index_use(iscc_index *index, const void *digests, size_t count);

/*
 * Builds the tables, for queries of about `radius`: they answer queries of any radius, fastest those of this one. Where
 * comparing with all digests is faster at this radius, there will be none. Takes about a tenth of a microsecond for
 * each digest, and memory meanwhile: 6 bytes a digest beyond iscc_index_memory, or 12 where most begin alike.
 * ISCC_ERROR_MEMORY; then the index works without tables.
 */
ISCC_API iscc_status iscc_index_build(iscc_index *index, unsigned radius);

/* The number of digests; 0 for NULL. */
ISCC_API size_t iscc_index_count(const iscc_index *index);

/* The bytes of memory that the index holds, those of iscc_index_use not among them; 0 for NULL. Of its tables: 8 bytes
 * for each digest in each part, of which there are 8 at most, and up to 4 more where a part has many values. Ten
 * million digests of 128 bits for radius 12 take 0.7 * 10^9 bytes. */
ISCC_API size_t iscc_index_memory(const iscc_index *index);

/*
 * Finds the digests within distance `radius` of `digest`. `count` gets their number, and `hits` the best `capacity` of
 * them, or all: the nearest first, and those of the same distance by number. `hits` may be NULL where `capacity` is 0.
 */
ISCC_API iscc_status iscc_index_query(const iscc_index *index, const void *digest, unsigned radius,
                                      struct iscc_hit *hits, size_t capacity, size_t *count);

/* Finds the `capacity` digests nearest to `digest`: `hits` as by iscc_index_query. `count` gets the number of hits,
 * which is less than `capacity` only where the index has no more. */
ISCC_API iscc_status iscc_index_nearest(const iscc_index *index, const void *digest, struct iscc_hit *hits,
                                        size_t capacity, size_t *count);

/* Is told of two digests that are near, by their numbers, and of their distance in bits. In a search for one digest
 * `second` is the one that was found, and `first` is 0. Returns 0 to go on, and anything else to end the search. */
typedef int iscc_pair_function(void *context, uint32_t first, uint32_t second, unsigned distance);

/* As iscc_index_query, but each hit is told to a function, once and in no particular order. A search that `found` has
 * ended is ISCC_OK as well. */
ISCC_API iscc_status iscc_index_each(const iscc_index *index, const void *digest, unsigned radius,
                                     iscc_pair_function *found, void *context);

/*
 * Finds all pairs of the index's own digests within distance `radius`, each once, with first < second, and in no
 * particular order. The work comes in `slices` pieces of about the same size, from 0 to `slices` - 1, for any thread
 * pool: this call does the `slice`-th. Far faster than a query for each digest, as neighbours in the tables have their
 * neighbours in common. ISCC_ERROR_ARGUMENT also where `slice` is not below `slices`.
 */
ISCC_API iscc_status iscc_index_pairs(const iscc_index *index, unsigned radius, size_t slice, size_t slices,
                                      iscc_pair_function *found, void *context);

/* As iscc_index_pairs, but leaves out the pairs of two digests with the same label: `labels` has one for each digest.
 * For callers who know already that some digests belong together. Where all digests are compared, long runs of one
 * label cost next to nothing. NULL: no pair is left out. */
ISCC_API iscc_status iscc_index_pairs_across(const iscc_index *index, unsigned radius, const uint32_t *labels,
                                             size_t slice, size_t slices, iscc_pair_function *found, void *context);

ISCC_API void iscc_index_free(iscc_index *index);

#ifdef __cplusplus
}
#endif

#endif
