/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libiscc: ISO 24138 content codes of byte streams.
 *
 * The library turns bytes into codes. It opens no files, starts no threads, prints nothing and never ends the process.
 *
 * Every stream has two codes. The Data-Code is a similarity digest: the Data-Codes of streams that share most of their
 * content differ in few bits. The Instance-Code is a BLAKE3 digest, which identifies the exact bytes. Both together
 * form an ISCC-CODE, the "sum code".
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
 * These conventions apply to all functions:
 *
 * - Errors. A function that can fail returns an iscc_status; ISCC_OK is 0. Unless documented otherwise, output
 *   parameters are written only on success. A null pointer is ISCC_ERROR_ARGUMENT unless it is documented as allowed.
 * - Text. Codes are returned as NUL-terminated strings in canonical form: "ISCC:" followed by upper-case base32
 *   (RFC 4648) without padding. Codes passed in must be NUL-terminated. They may be in either letter case, lack the
 *   "ISCC:", contain hyphens, and have spaces, tabs and line ends around them.
 * - Bits. A `bits` argument is the length of a unit's body: a multiple of 32 from 32 to 256. Any other value is
 *   ISCC_ERROR_BITS.
 * - Threads. An object may be used by one thread at a time, but calls that take it as const may run concurrently.
 *   Different objects are independent, and functions without an object are thread-safe.
 * - Memory. The caller owns each object that a _new function creates, and must release it with the matching _free
 *   function. Only the _new, _copy and _gen_ functions, those that fill an index, iscc_text_clean and
 *   iscc_json_to_data_url allocate memory. A hasher does not grow with its stream.
 */
#ifndef LIBISCC_ISCC_H
#define LIBISCC_ISCC_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The only place that states the version; the build and the program derive it from here. */
#define ISCC_VERSION_MAJOR 0
#define ISCC_VERSION_MINOR 1
#define ISCC_VERSION_PATCH 0

/* Incremented by each incompatible change of this header. It ends the name of the shared library (libiscc.so.1) and
 * that of its symbol version (LIBISCC_1). */
#define ISCC_ABI_VERSION 1

#if defined(__GNUC__)
#define ISCC_API __attribute__((visibility("default")))
#else
#define ISCC_API
#endif

/* The result of a call. The numbers are part of the ABI; new ones are added at the end. */
typedef enum iscc_status {
    ISCC_OK = 0,
    ISCC_ERROR_ARGUMENT = 1,  /* a null pointer, an unknown flag, or a value out of range */
    ISCC_ERROR_MEMORY = 2,    /* an allocation failed */
    ISCC_ERROR_BITS = 3,      /* bits is not a multiple of 32 from 32 to 256 */
    ISCC_ERROR_BACKEND = 4,   /* ISCC_BACKEND names a backend that is unknown or not available */
    ISCC_ERROR_CHARACTER = 5, /* a character is not base32 */
    ISCC_ERROR_TOO_SHORT = 6, /* the text is shorter than its header says */
    ISCC_ERROR_TOO_LONG = 7,  /* the text is longer than its header says */
    ISCC_ERROR_MAIN_TYPE = 8, /* the header's MainType is unknown */
    ISCC_ERROR_SUB_TYPE = 9,  /* the header's SubType is unknown for its MainType */
    ISCC_ERROR_VERSION = 10,  /* the header's version is not V0 */
    ISCC_ERROR_LENGTH = 11,   /* the header's length field is invalid for its MainType */
    ISCC_ERROR_UNITS = 12,    /* the units do not form an ISCC-CODE or a Mixed-Code */
    ISCC_ERROR_MISMATCH = 13, /* codes of different types cannot be compared */
    ISCC_ERROR_UTF8 = 14,     /* the text is not UTF-8 */
    ISCC_ERROR_CAPACITY = 15, /* the result does not fit in the buffer */
    ISCC_ERROR_NAME = 16,     /* nothing is left of the name */
    ISCC_ERROR_META = 17,     /* the metadata is neither a JSON object nor a Data-URL */
    ISCC_ERROR_META_SIZE = 18 /* the metadata has more than 128,000 bytes */
} iscc_status;

/* Returns an English description of a status, in lower case and without a full stop, or "unknown status" for any other
 * number. Never NULL; static storage. */
ISCC_API const char *iscc_strerror(iscc_status status);

/* Returns the version of the linked library as "MAJOR.MINOR.PATCH", in static storage. */
ISCC_API const char *iscc_version(void);

/* Returns the version of BLAKE3 that the library uses, in static storage. */
ISCC_API const char *iscc_blake3_version(void);

/* Returns the ISCC_ABI_VERSION of the linked library. A mismatch with the macro means that the header is of another
 * version. */
ISCC_API unsigned iscc_abi_version(void);

/*
 * Sets `name` to the name of the backend in use, such as "portable" or "avx2", in static storage.
 *
 * A backend is a set of kernels for one instruction set; all backends compute the same codes. The first call that needs
 * one selects it for the life of the process: the one that the environment variable ISCC_BACKEND names, or the fastest
 * that this machine can run if ISCC_BACKEND is unset, empty or "auto". If it names a backend that is unknown or cannot
 * run on this machine, there is no fallback: this function, the distances, and all _new and _gen_ functions except
 * iscc_gen_iscc_code_v0, which needs no kernels, return ISCC_ERROR_BACKEND.
 */
ISCC_API iscc_status iscc_backend(const char **name);

/* Returns the name of the index-th backend that can run on this machine, from the slowest (0, "portable") to the
 * fastest, or NULL past the last one. Static storage. */
ISCC_API const char *iscc_backend_available(size_t index);

/* ---- Sizes of strings, including the terminating NUL, and of digests ---- */

/* Fits any code. The longest is an ISCC-CODE of five 64-bit units: 2 bytes of header and 40 of body are 68 base32
 * characters. */
#define ISCC_CODE_SIZE 74
/* A data hash: the multihash prefix "1e20" and 64 hexadecimal digits. */
#define ISCC_DATAHASH_SIZE 69
/* The longest body of a code in bytes: the 320 bits of an ISCC-CODE of five units. */
#define ISCC_DIGEST_SIZE 40
/* The digest of a hasher in bytes: 256 bits, of which a unit has the first ones. */
#define ISCC_UNIT_DIGEST_SIZE 32
/* The most units of an ISCC-CODE. */
#define ISCC_UNITS_MAX 5

/* ---- Streaming hashers of bytes ----
 *
 * The three hashers have the same functions:
 *
 * - _new creates a hasher for an empty stream. ISCC_ERROR_MEMORY, ISCC_ERROR_BACKEND.
 * - _copy creates a hasher for the stream so far. Both can continue it, each in its own way, and both must be freed.
 *   ISCC_ERROR_MEMORY.
 * - _update appends `size` bytes to the stream. `data` may be NULL if `size` is 0. How the stream is split into updates
 *   does not affect the result. Updates of less than 768 KiB are gathered for the Data-Code, in a buffer of that size
 *   that the second of them allocates; where that fails, they take longer. Fails only with ISCC_ERROR_ARGUMENT, for a
 *   null pointer.
 * - _update_zeros appends `size` zero bytes, such as the hole of a sparse file. For the Data-Code this takes constant
 *   time; BLAKE3 has to hash them all. Fails only with ISCC_ERROR_ARGUMENT, for a null pointer.
 * - _finalize computes the code of the stream so far, which can continue afterwards: the hasher does not change.
 *   ISCC_ERROR_BITS, or ISCC_ERROR_ARGUMENT for an unknown flag.
 * - _digest computes the digest of the stream so far, without the text of a code. Like _finalize, it does not change
 * the hasher.
 * - _reset starts a new stream without allocating memory. Does nothing if `hasher` is NULL.
 * - _free frees the hasher. Does nothing if `hasher` is NULL.
 */

/* Data-Code (ISO 24138 "Data-Code"): splits the stream into content-defined chunks of about 1 KiB, takes the XXH32 of
 * each as a feature, and keeps the minima of the features under 64 permutations. */
typedef struct iscc_data_hasher iscc_data_hasher;
ISCC_API iscc_status iscc_data_hasher_new(iscc_data_hasher **hasher);
ISCC_API iscc_status iscc_data_hasher_copy(const iscc_data_hasher *hasher, iscc_data_hasher **copy);
ISCC_API iscc_status iscc_data_hasher_update(iscc_data_hasher *hasher, const void *data, size_t size);
ISCC_API iscc_status iscc_data_hasher_update_zeros(iscc_data_hasher *hasher, uint64_t size);
ISCC_API iscc_status iscc_data_hasher_finalize(const iscc_data_hasher *hasher, unsigned bits,
                                               char code[ISCC_CODE_SIZE]);
ISCC_API iscc_status iscc_data_hasher_digest(const iscc_data_hasher *hasher, uint8_t digest[ISCC_UNIT_DIGEST_SIZE]);
ISCC_API void iscc_data_hasher_reset(iscc_data_hasher *hasher);
ISCC_API void iscc_data_hasher_free(iscc_data_hasher *hasher);

/* Instance-Code (ISO 24138 "Instance-Code"): the first bits of the stream's BLAKE3 digest. _finalize also sets
 * `datahash` to the whole digest, whatever `bits` is, as a multihash in lower-case hexadecimal, and `filesize` to the
 * length of the stream in bytes. Both may be NULL. */
typedef struct iscc_instance_hasher iscc_instance_hasher;
ISCC_API iscc_status iscc_instance_hasher_new(iscc_instance_hasher **hasher);
ISCC_API iscc_status iscc_instance_hasher_copy(const iscc_instance_hasher *hasher, iscc_instance_hasher **copy);
ISCC_API iscc_status iscc_instance_hasher_update(iscc_instance_hasher *hasher, const void *data, size_t size);
ISCC_API iscc_status iscc_instance_hasher_update_zeros(iscc_instance_hasher *hasher, uint64_t size);
ISCC_API iscc_status iscc_instance_hasher_finalize(const iscc_instance_hasher *hasher, unsigned bits,
                                                   char code[ISCC_CODE_SIZE], char datahash[ISCC_DATAHASH_SIZE],
                                                   uint64_t *filesize);
ISCC_API iscc_status iscc_instance_hasher_digest(const iscc_instance_hasher *hasher,
                                                 uint8_t digest[ISCC_UNIT_DIGEST_SIZE]);
ISCC_API void iscc_instance_hasher_reset(iscc_instance_hasher *hasher);
ISCC_API void iscc_instance_hasher_free(iscc_instance_hasher *hasher);

/* Values of `flags`: the SubType of the sum code. */
#define ISCC_NARROW 0u /* SUM: the first 64 bits of each unit, as in ISO 24138:2024 */
#define ISCC_WIDE 1u   /* WIDE: the first 128 bits of each unit */

/* The codes and the size of a stream. The members have the names of the iscc-schema vocabulary. */
struct iscc_sum_code {
    uint64_t filesize;                  /* in bytes */
    char iscc[ISCC_CODE_SIZE];          /* the ISCC-CODE, SUM or WIDE */
    char datahash[ISCC_DATAHASH_SIZE];  /* the BLAKE3 digest as a multihash */
    char data_code[ISCC_CODE_SIZE];     /* the Data-Code in 256 bits */
    char instance_code[ISCC_CODE_SIZE]; /* the Instance-Code in 256 bits */
};

/* Data-Code and Instance-Code of a stream in one pass. `flags` is ISCC_NARROW or ISCC_WIDE. */
typedef struct iscc_sum_hasher iscc_sum_hasher;
ISCC_API iscc_status iscc_sum_hasher_new(iscc_sum_hasher **hasher);
ISCC_API iscc_status iscc_sum_hasher_copy(const iscc_sum_hasher *hasher, iscc_sum_hasher **copy);
ISCC_API iscc_status iscc_sum_hasher_update(iscc_sum_hasher *hasher, const void *data, size_t size);
ISCC_API iscc_status iscc_sum_hasher_update_zeros(iscc_sum_hasher *hasher, uint64_t size);
ISCC_API iscc_status iscc_sum_hasher_finalize(const iscc_sum_hasher *hasher, unsigned flags,
                                              struct iscc_sum_code *code);
ISCC_API iscc_status iscc_sum_hasher_digest(const iscc_sum_hasher *hasher, uint8_t data_digest[ISCC_UNIT_DIGEST_SIZE],
                                            uint8_t instance_digest[ISCC_UNIT_DIGEST_SIZE]);
/* Computes the two units of the stream so far in `bits` bits each, without the ISCC-CODE. ISCC_ERROR_BITS. */
ISCC_API iscc_status iscc_sum_hasher_units(const iscc_sum_hasher *hasher, unsigned bits, char data_code[ISCC_CODE_SIZE],
                                           char instance_code[ISCC_CODE_SIZE]);
ISCC_API void iscc_sum_hasher_reset(iscc_sum_hasher *hasher);
ISCC_API void iscc_sum_hasher_free(iscc_sum_hasher *hasher);

/*
 * Return the two hashers inside a sum hasher, so that two threads can update them concurrently. They belong to the sum
 * hasher and must not be freed. Before the sum hasher is finalized, both must have had the same bytes; if the numbers
 * of bytes differ, iscc_sum_hasher_finalize, _digest and _units return ISCC_ERROR_ARGUMENT. Return NULL if `hasher` is
 * NULL.
 */
ISCC_API iscc_data_hasher *iscc_sum_hasher_data(iscc_sum_hasher *hasher);
ISCC_API iscc_instance_hasher *iscc_sum_hasher_instance(iscc_sum_hasher *hasher);

/* ---- The Data-Code of one stream on several threads ----
 *
 * Split the stream into blocks of any sizes. Prepare each block, on any thread and in any order, then join the blocks
 * to a hasher in the order of the stream. The result is the same as that of iscc_data_hasher_update over the same
 * bytes.
 *
 * A block is prepared as if a chunk started at its first byte. The join continues the true chain of chunks from the
 * previous block until it has a cut where the prepared chunks have one too. From there on the prepared chunks are the
 * true ones, because a chunk does not depend on anything before it.
 *
 * On ordinary data this takes a few chunks. In long periodic data it may never happen, and the join has to chunk the
 * block again. It reports how many bytes it did; as long as these are most of a block, iscc_data_hasher_update is
 * faster for the blocks that follow.
 */
typedef struct iscc_data_block iscc_data_block;

/* Creates an object that can hold one prepared block of up to `size_max` bytes (1 to 2^30). It takes about a thirtieth
 * of `size_max` in memory, because it does not copy the bytes. ISCC_ERROR_ARGUMENT for another size; ISCC_ERROR_MEMORY,
 * ISCC_ERROR_BACKEND. */
ISCC_API iscc_status iscc_data_block_new(iscc_data_block **block, size_t size_max);

/* Prepares a block of `size` bytes, from 1 to `size_max`; ISCC_ERROR_ARGUMENT for another size. The bytes must stay
 * valid and unchanged until the last join of the block. Replaces the block that was prepared before. */
ISCC_API iscc_status iscc_data_block_prepare(iscc_data_block *block, const void *data, size_t size);

/* Appends a prepared block to the stream of a hasher. Sets `rechunked`, which may be NULL, to the number of bytes of
 * the block that had to be chunked again. The block does not change and can be joined to other streams too.
 * ISCC_ERROR_ARGUMENT if the block is not prepared. */
ISCC_API iscc_status iscc_data_hasher_join(iscc_data_hasher *hasher, const iscc_data_block *block, size_t *rechunked);

/* Frees the block. Does nothing if `block` is NULL. */
ISCC_API void iscc_data_block_free(iscc_data_block *block);

/* ---- One-shot functions: _new, _update and _finalize of the hashers above, with their errors, over one buffer ---- */

ISCC_API iscc_status iscc_gen_data_code_v0(const void *data, size_t size, unsigned bits, char code[ISCC_CODE_SIZE]);
ISCC_API iscc_status iscc_gen_instance_code_v0(const void *data, size_t size, unsigned bits, char code[ISCC_CODE_SIZE],
                                               char datahash[ISCC_DATAHASH_SIZE], uint64_t *filesize);
ISCC_API iscc_status iscc_gen_sum_code_v0(const void *data, size_t size, unsigned flags, struct iscc_sum_code *code);

/* The same for `count` inputs that lie one after another in `data`: input i goes from ends[i - 1], or 0 for the first,
 * up to ends[i]. Sets codes[i] to its code. With AVX2 or AVX-512, inputs of up to 256 KiB are hashed side by side,
 * which takes half the time of one after another for inputs of some kilobytes; pass dozens at once, a megabyte or more.
 * Uses 85 KiB of stack, and memory only for longer inputs. ISCC_ERROR_ARGUMENT if an end is less than the one before
 * it; ISCC_ERROR_BACKEND, ISCC_ERROR_MEMORY. On an error the codes have no meaning. */
ISCC_API iscc_status iscc_gen_sum_codes_v0(const void *data, const size_t *ends, size_t count, unsigned flags,
                                           struct iscc_sum_code *codes);

/* ---- Text ----
 *
 * The functions of ISO 24138 that prepare texts for its codes. A text is `size` bytes of UTF-8, which NUL does not end,
 * and "character" means a Unicode scalar value. ISCC_ERROR_UTF8 if the bytes are anything else: there is no replacement
 * of what is not valid. `text` may be NULL if `size` is 0.
 *
 * The functions write the result to `out`, which has room for `capacity` bytes and must not overlap the text, without a
 * NUL at the end, and set `length` to its length in bytes. If it does not fit, they set `length` all the same and
 * return ISCC_ERROR_CAPACITY; the contents of `out` are then undefined. `out` may be NULL if `capacity` is 0.
 */

/* Returns the version of Unicode that the library knows, such as "15.0.0", in static storage. What a later version has
 * added counts as unassigned: it is removed from texts before their codes are computed. */
ISCC_API const char *iscc_unicode_version(void);

/* Cleans a text for display ("text_clean"): normalizes it (NFKC), removes control characters, tabs and others of
 * category C, ends each line with a line feed, reduces several empty lines to one, and removes white space at both
 * ends. ISCC_ERROR_MEMORY: it allocates for a character with more than 32 combining marks. */
ISCC_API iscc_status iscc_text_clean(const char *text, size_t size, char *out, size_t capacity, size_t *length);

/* Collapses a text to what similarity is measured on ("text_collapse"): in lower case, without white space, control
 * characters, punctuation, accents and other marks, and normalized (NFKC). The result has at most 11 bytes for each
 * byte of the text. */
ISCC_API iscc_status iscc_text_collapse(const char *text, size_t size, char *out, size_t capacity, size_t *length);

/* Puts a text on one line ("text_remove_newlines"): one blank for each run of white space, and none at the ends. */
ISCC_API iscc_status iscc_text_remove_newlines(const char *text, size_t size, char *out, size_t capacity,
                                               size_t *length);

/* Keeps the characters that lie within the first `nbytes` bytes of a text, and removes white space at both ends
 * ("text_trim"). */
ISCC_API iscc_status iscc_text_trim(const char *text, size_t size, size_t nbytes, char *out, size_t capacity,
                                    size_t *length);

/* ---- Meta-Code (ISO 24138 "Meta-Code") ---- */

/* A Meta-Code, and what it was computed of. The members have the names of the iscc-schema vocabulary. */
struct iscc_meta_code {
    char iscc[ISCC_CODE_SIZE];
    char metahash[ISCC_DATAHASH_SIZE]; /* a multihash: of the metadata, or of the name and the description */
    char name[129];                    /* cleaned, on one line, and trimmed to 128 bytes */
    char description[4097];            /* cleaned and trimmed to 4,096 bytes; empty if there is none */
};

/*
 * Computes the Meta-Code of a name, a description and metadata, each a text as above. The description and the metadata
 * may be NULL with size 0. The first 32 bits of the code are those of the name, and further ones come from the name and
 * from either the metadata, or without any the description, in turn; the metahash likewise does not cover the
 * description if there is metadata.
 *
 * The metadata is a JSON object, whose canonical form (RFC 8785) counts, or a Data-URL in base64, whose decoded bytes
 * count as they are. Empty metadata, and the empty object, are none.
 *
 * ISCC_ERROR_NAME if nothing is left of the name. ISCC_ERROR_META if the metadata is anything else, if the JSON is
 * nested more than 1,000 deep or has a number that exceeds the range of a double, or if the Data-URL has no payload.
 * ISCC_ERROR_META_SIZE if more than 128,000 bytes count. ISCC_ERROR_UTF8, ISCC_ERROR_BITS, ISCC_ERROR_MEMORY.
 */
ISCC_API iscc_status iscc_gen_meta_code_v0(const char *name, size_t name_size, const char *description,
                                           size_t description_size, const char *meta, size_t meta_size, unsigned bits,
                                           struct iscc_meta_code *code);

/* Writes the canonical form of a JSON object as a Data-URL, which is how the standard returns metadata that was given
 * as JSON. The media type is application/ld+json if the object has the member "@context", else application/json. `url`,
 * `capacity` and `length` are as for the functions of text. ISCC_ERROR_META, ISCC_ERROR_UTF8, ISCC_ERROR_CAPACITY,
 * ISCC_ERROR_MEMORY. */
ISCC_API iscc_status iscc_json_to_data_url(const char *json, size_t size, char *url, size_t capacity, size_t *length);

/* ---- Text-Code (ISO 24138 "Text-Code") ----
 *
 * Collapses a text, takes the XXH32 of each window of 13 characters as a feature, and keeps the minima of the features
 * under 64 permutations. So texts that differ in layout, letter case, accents and punctuation only have the same code,
 * and those that share most of their words have codes that differ in few bits. Text that is shorter than a window has
 * one feature.
 *
 * The hasher computes the code of a text of any length in bounded memory. Its functions are those of the hashers above,
 * without _update_zeros. An update may end within a character. If the text is not UTF-8, _update returns
 * ISCC_ERROR_UTF8, and so do all calls after it until _reset. _finalize and _digest return it also if the text ends
 * within a character; otherwise they set `characters`, which may be NULL, to the number of characters of the collapsed
 * text.
 */
typedef struct iscc_text_hasher iscc_text_hasher;
ISCC_API iscc_status iscc_text_hasher_new(iscc_text_hasher **hasher);
ISCC_API iscc_status iscc_text_hasher_copy(const iscc_text_hasher *hasher, iscc_text_hasher **copy);
ISCC_API iscc_status iscc_text_hasher_update(iscc_text_hasher *hasher, const char *text, size_t size);
ISCC_API iscc_status iscc_text_hasher_finalize(const iscc_text_hasher *hasher, unsigned bits, char code[ISCC_CODE_SIZE],
                                               uint64_t *characters);
ISCC_API iscc_status iscc_text_hasher_digest(const iscc_text_hasher *hasher, uint8_t digest[ISCC_UNIT_DIGEST_SIZE],
                                             uint64_t *characters);
ISCC_API void iscc_text_hasher_reset(iscc_text_hasher *hasher);
ISCC_API void iscc_text_hasher_free(iscc_text_hasher *hasher);

/* ---- The Text-Code of one text on several threads ----
 *
 * Split the text into blocks of any sizes, also within characters. Prepare each block, on any thread and in any order,
 * then join the blocks to a hasher in the order of the text. The result is the same as that of iscc_text_hasher_update
 * over the same bytes, and the two can be mixed. Blocks of 64 KiB or more are worth it.
 *
 * A block is prepared from its first character on that collapses to the same whatever is before it, which most letters,
 * digits and symbols do. The join collapses what is before that character, and so much after it as the windows reach
 * that begin before it. A block without such a character is collapsed by the join.
 */
typedef struct iscc_text_block iscc_text_block;

/* Creates an object that can hold one prepared block, in about 10 KiB. It does not copy the text. ISCC_ERROR_ARGUMENT
 * if `block` is NULL; ISCC_ERROR_MEMORY, ISCC_ERROR_BACKEND. */
ISCC_API iscc_status iscc_text_block_new(iscc_text_block **block);

/* Prepares a block of `size` bytes, at least 1; ISCC_ERROR_ARGUMENT if there are none. The bytes must stay valid and
 * unchanged until the last join of the block. Replaces the block that was prepared before. Whether the bytes are UTF-8
 * is found by the join. */
ISCC_API iscc_status iscc_text_block_prepare(iscc_text_block *block, const char *text, size_t size);

/* Appends a prepared block to the text of a hasher. Returns what iscc_text_hasher_update would for its bytes;
 * ISCC_ERROR_ARGUMENT if the block is not prepared. The block does not change and can be joined to other texts too. */
ISCC_API iscc_status iscc_text_hasher_join(iscc_text_hasher *hasher, const iscc_text_block *block);

/* Frees the block. Does nothing if `block` is NULL. */
ISCC_API void iscc_text_block_free(iscc_text_block *block);

/* The same for a text in memory. On ISCC_ERROR_UTF8 sets `position`, which may be NULL, to the offset of the first
 * bytes that are not UTF-8. ISCC_ERROR_BITS, ISCC_ERROR_BACKEND. */
ISCC_API iscc_status iscc_gen_text_code_v0(const char *text, size_t size, unsigned bits, char code[ISCC_CODE_SIZE],
                                           uint64_t *characters, size_t *position);

/* ---- Content-Codes of images, audio, video and mixed content ----
 *
 * The library reads no media files. These functions compute the codes of what a decoder, a fingerprinter or a signature
 * filter has extracted, and write the code of `bits` bits. All that the codes depend on is in the arguments.
 */

/* Image-Code (ISO 24138 "Image-Code") of a gray image of 32 rows with 32 pixels each, from 0 (black) to 255: the low
 * frequencies of the image, each compared with the median of its neighbours. ISCC_ERROR_BITS. */
ISCC_API iscc_status iscc_gen_image_code_v0(const uint8_t pixels[1024], unsigned bits, char code[ISCC_CODE_SIZE]);

/* Audio-Code (ISO 24138 "Audio-Code") of a Chromaprint fingerprint of `count` features, as `fpcalc -raw -signed -length
 * 0` prints them: similarity hashes of all features and of parts of them. `features` may be NULL if `count` is 0.
 * ISCC_ERROR_BITS, ISCC_ERROR_MEMORY. */
ISCC_API iscc_status iscc_gen_audio_code_v0(const int32_t *features, size_t count, unsigned bits,
                                            char code[ISCC_CODE_SIZE]);

/* The values of a frame's MPEG-7 video signature, each usually 0, 1 or 2. */
#define ISCC_VIDEO_FRAME 380

/* Video-Code (ISO 24138 "Video-Code") of the MPEG-7 signatures of `count` frames, ISCC_VIDEO_FRAME values each, stored
 * one after the other. Compares sums over the frames, in which equal frames count once. ISCC_ERROR_ARGUMENT if `count`
 * is 0 or over 2^32 - 1; ISCC_ERROR_BITS, ISCC_ERROR_MEMORY. */
ISCC_API iscc_status iscc_gen_video_code_v0(const int32_t *frames, size_t count, unsigned bits,
                                            char code[ISCC_CODE_SIZE]);

/* Mixed-Code (ISO 24138 "Mixed-Code") of `count` Content-Codes of any SubType, at least two: the similarity hash of
 * their types and bodies. A code that is given twice counts twice. ISCC_ERROR_UNITS if there are fewer than two, or if
 * one is not a Content-Code or has fewer than `bits` bits; ISCC_ERROR_BITS; the errors of iscc_decode if one is not a
 * code. Unlike there, the SubTypes 5 to 7 are allowed: the conformance file of the standard has such codes. */
ISCC_API iscc_status iscc_gen_mixed_code_v0(const char *const codes[], size_t count, unsigned bits,
                                            char code[ISCC_CODE_SIZE]);

/* ---- Codes ---- */

enum iscc_main_type {
    ISCC_META = 0,
    ISCC_SEMANTIC = 1,
    ISCC_CONTENT = 2,
    ISCC_DATA = 3,
    ISCC_INSTANCE = 4,
    ISCC_ISCC = 5,
    ISCC_ID = 6,   /* decoded and encoded, but never computed by this library */
    ISCC_FLAKE = 7 /* likewise */
};

/* CONTENT and SEMANTIC have the SubTypes 0 to 4, and ISCC has 0 to 7. Those of ID are 0 to 3 and say where it was
 * minted: PRIVATE, BITCOIN, ETHEREUM and POLYGON. All other MainTypes only have ISCC_NONE. */
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
 * A decoded code. The meaning of the length field depends on the MainType:
 *
 * - META to INSTANCE, and FLAKE: bits / 32 - 1, from 0 to 7.
 * - ID: (bits - 64) / 8, from 0 to 4.
 * - ISCC: the optional units it has, as the sum of 1 for CONTENT, 2 for SEMANTIC and 4 for META. It must agree with the
 *   SubType: 0 for SUM and WIDE, 4 for NONE, and for a media type at least one of CONTENT and SEMANTIC.
 */
struct iscc_decoded {
    unsigned main_type;               /* enum iscc_main_type */
    unsigned sub_type;                /* enum iscc_sub_type */
    unsigned version;                 /* 0 */
    unsigned length;                  /* the header's length field, see above */
    unsigned bits;                    /* length of the body: 32 to 320 */
    uint8_t digest[ISCC_DIGEST_SIZE]; /* the body: bits / 8 bytes, followed by zeros */
};

/*
 * Decodes a code. If the text is not a code, returns the first of these errors that applies, and sets `position`, which
 * may be NULL, to an offset in `code`:
 *
 * - ISCC_ERROR_CHARACTER: a character that is neither base32 nor a hyphen, or white space inside the code. The
 *   offset of the first one.
 * - ISCC_ERROR_TOO_SHORT: the text ends within the header. Its length.
 * - ISCC_ERROR_MAIN_TYPE, ISCC_ERROR_SUB_TYPE, ISCC_ERROR_VERSION, ISCC_ERROR_LENGTH: the header is invalid. The offset
 *   of the first character after the prefix.
 * - ISCC_ERROR_TOO_SHORT: the text ends within the body. Its length.
 * - ISCC_ERROR_TOO_LONG: there is a digit after the body, or the last digit has a bit set after the body. The offset of
 *   that digit.
 *
 * Reads each character of the text only once, however long the text is.
 */
ISCC_API iscc_status iscc_decode(const char *code, struct iscc_decoded *decoded, size_t *position);

/* Encodes a code in canonical form; the inverse of iscc_decode. If the header is invalid, returns ISCC_ERROR_MAIN_TYPE,
 * ISCC_ERROR_SUB_TYPE, ISCC_ERROR_VERSION or ISCC_ERROR_LENGTH. ISCC_ERROR_BITS if `bits` disagrees with `length`. */
ISCC_API iscc_status iscc_encode(const struct iscc_decoded *decoded, char code[ISCC_CODE_SIZE]);

/* Writes a code in canonical form. `code` and `canonical` may be the same buffer. Errors as for iscc_decode. */
ISCC_API iscc_status iscc_normalize(const char *code, char canonical[ISCC_CODE_SIZE]);

/* Returns ISCC_OK if the text is a code in canonical form, and ISCC_ERROR_CHARACTER if it is a code that iscc_normalize
 * would change. Other errors as for iscc_decode. */
ISCC_API iscc_status iscc_validate(const char *code);

/*
 * Composes an ISCC-CODE (ISO 24138 "ISCC-CODE") from `count` units, from 2 to 5, in any order. `flags` is ISCC_NARROW
 * or ISCC_WIDE; ISCC_ERROR_ARGUMENT for any other value.
 *
 * The units must have different MainTypes and include a Data-Code and an Instance-Code. Each must have at least 64
 * bits, of which the first 64 are used. A Content-Code and a Semantic-Code must have the same SubType. With ISCC_WIDE
 * there must be no other units than Data and Instance, each with at least 128 bits. ISCC_ERROR_UNITS if any of this is
 * violated; the errors of iscc_decode if a unit is not a code.
 */
ISCC_API iscc_status iscc_gen_iscc_code_v0(const char *const units[], size_t count, unsigned flags,
                                           char code[ISCC_CODE_SIZE]);

/* Decomposes an ISCC-CODE into its units, sorted by MainType, and sets `count` to their number. They have 64 bits each,
 * those of a WIDE code 128. For any other code the only unit is the code itself, in canonical form. Errors as for
 * iscc_decode. */
ISCC_API iscc_status iscc_decompose(const char *code, char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE], size_t *count);

/* Writes the readable name of a code's type, such as "ISCC-SUM-V0-DI", where the letters are the initials of the units,
 * or "DATA-NONE-V0-256", where the number is that of the bits. Errors as for iscc_encode. */
#define ISCC_TYPE_NAME_SIZE 32
ISCC_API iscc_status iscc_type_name(const struct iscc_decoded *decoded, char name[ISCC_TYPE_NAME_SIZE]);

/* Sets `distance` to the number of bits in which two digests of `size` bytes differ. ISCC_ERROR_ARGUMENT if 8 * `size`
 * exceeds UINT_MAX; ISCC_ERROR_BACKEND. */
ISCC_API iscc_status iscc_hamming_distance(const void *a, const void *b, size_t size, unsigned *distance);

/*
 * Sets `distance` to the Hamming distance of two units of the same MainType, SubType and version. If their lengths
 * differ, only the bits of the shorter one are compared. Sets `bits`, which may be NULL, to the number of bits
 * compared.
 *
 * ISCC_ERROR_MISMATCH if the types differ, and for ISCC-CODEs, which are not a single digest: decompose them first.
 * ISCC_ERROR_BACKEND; other errors as for iscc_decode.
 */
ISCC_API iscc_status iscc_distance(const char *a, const char *b, unsigned *distance, unsigned *bits);

/* ---- Searching many digests ----
 *
 * An index holds digests of one length, numbered from 0 in the order in which they were added. It finds exactly those
 * within a given Hamming distance, the radius, of another digest.
 *
 *     iscc_index_new(&index, 128);
 *     iscc_index_add(index, digests, count);
 *     iscc_index_build(index, 12);
 *     iscc_index_query(index, digest, 12, hits, sizeof hits / sizeof *hits, &found);
 *     iscc_index_free(index);
 *
 * Without tables, or if they do not pay, a query compares the digest with all others. With tables, the digests are
 * split into parts, and each part has a table of the digests by its value. If r_i is the radius for part i, and the sum
 * of all r_i + 1 is at least r + 1, then two digests within distance r are within r_i in at least one part i. So a
 * query looks up the values within r_i in the table of each part, and compares the digest with those it finds. The
 * split and the r_i are chosen for the lowest estimated cost, given the number and the length of the digests, the
 * radius, and how evenly the digests fill the tables.
 *
 * Tables do not help among digests that lie around one point, most of them just farther from one another than the
 * radius: finding all pairs of k such digests takes about as long as comparing all k * k / 2 pairs.
 *
 * Threads: the functions that take a const index allocate nothing, and any number of them may run concurrently. All
 * others need exclusive access to the index.
 */
typedef struct iscc_index iscc_index;

/* The most digests of an index. Their numbers have 32 bits. */
#define ISCC_INDEX_MAX 0xfffffff0u

/* The number of a digest that was found, and its distance in bits. */
struct iscc_hit {
    uint32_t number;
    uint32_t distance;
};

/* Creates an empty index for digests of `bits` bits. ISCC_ERROR_BITS, ISCC_ERROR_MEMORY, ISCC_ERROR_BACKEND. */
ISCC_API iscc_status iscc_index_new(iscc_index **index, unsigned bits);

/* Copies `count` digests of bits / 8 bytes each, stored one after the other, into the index. Their numbers continue
 * from iscc_index_count. Discards the tables, which must be built again. `digests` may be NULL if `count` is 0. If the
 * call fails, the index does not change. ISCC_ERROR_MEMORY; ISCC_ERROR_ARGUMENT for more than ISCC_INDEX_MAX digests in
 * all, and after iscc_index_use. */
ISCC_API iscc_status iscc_index_add(iscc_index *index, const void *digests, size_t count);

/* Makes an empty index use the caller's `count` digests without copying them. They must stay valid and unchanged until
 * the index is freed. `digests` may be NULL if `count` is 0. ISCC_ERROR_ARGUMENT if the index is not empty, and for
 * more than ISCC_INDEX_MAX digests. */
ISCC_API iscc_status iscc_index_use(iscc_index *index, const void *digests, size_t count);

/*
 * Builds the tables for queries with a radius of about `radius` bits. They answer queries with any radius, but those
 * with this one are the fastest. If comparing with all digests is faster at this radius, no tables are built.
 *
 * This takes about a tenth of a microsecond per digest, and temporary memory in addition to iscc_index_memory: 6 bytes
 * per digest, or 12 if most digests start alike. ISCC_ERROR_MEMORY; the index then works without tables.
 */
ISCC_API iscc_status iscc_index_build(iscc_index *index, unsigned radius);

/* Returns the number of digests, or 0 if `index` is NULL. */
ISCC_API size_t iscc_index_count(const iscc_index *index);

/* Returns the memory of the index in bytes, without the digests of iscc_index_use, or 0 if `index` is NULL. The tables
 * take 8 bytes per digest for each of at most 8 parts, and up to 4 more if a part has many values: 0.7 * 10^9 bytes for
 * ten million digests of 128 bits and radius 12. */
ISCC_API size_t iscc_index_memory(const iscc_index *index);

/*
 * Finds the digests within `radius` bits of `digest`, and sets `count` to their number, which may exceed `capacity`.
 * Writes the nearest ones to `hits`, at most `capacity`, sorted by distance and then by number. `hits` may be NULL if
 * `capacity` is 0.
 */
ISCC_API iscc_status iscc_index_query(const iscc_index *index, const void *digest, unsigned radius,
                                      struct iscc_hit *hits, size_t capacity, size_t *count);

/* Finds the `capacity` digests nearest to `digest`, and writes them to `hits` as iscc_index_query does. Sets `count` to
 * the number of hits, which is less than `capacity` only if the index has fewer digests. */
ISCC_API iscc_status iscc_index_nearest(const iscc_index *index, const void *digest, struct iscc_hit *hits,
                                        size_t capacity, size_t *count);

/* Called for each pair of near digests, with their numbers and their distance in bits. In the search for a single
 * digest `first` is 0 and `second` is the digest found. `context` is that of the search. Return 0 to continue, anything
 * else to stop the search. */
typedef int iscc_pair_function(void *context, uint32_t first, uint32_t second, unsigned distance);

/* Like iscc_index_query, but calls `found` once for each hit, in no particular order. Returns ISCC_OK even if `found`
 * stopped the search. */
ISCC_API iscc_status iscc_index_each(const iscc_index *index, const void *digest, unsigned radius,
                                     iscc_pair_function *found, void *context);

/*
 * Finds all pairs of digests in the index within `radius` bits of each other. Calls `found` once for each, with
 * first < second, in no particular order. The work is divided into `slices` slices of about the same cost, which may
 * run on different threads; this call does number `slice`, from 0 to `slices` - 1. ISCC_ERROR_ARGUMENT for any other.
 * Returns ISCC_OK even if `found` stopped the search.
 *
 * This is far faster than a query for each digest, because digests that are adjacent in a table are compared with the
 * same others.
 */
ISCC_API iscc_status iscc_index_pairs(const iscc_index *index, unsigned radius, size_t slice, size_t slices,
                                      iscc_pair_function *found, void *context);

/* Like iscc_index_pairs, but omits pairs of digests with the same label, for callers that already know that some
 * digests belong together. `labels` has one label for each digest; NULL omits no pairs. If all digests are compared, a
 * long run of digests with one label costs next to nothing. */
ISCC_API iscc_status iscc_index_pairs_across(const iscc_index *index, unsigned radius, const uint32_t *labels,
                                             size_t slice, size_t slices, iscc_pair_function *found, void *context);

/* Frees the index, but not the digests of iscc_index_use. Does nothing if `index` is NULL. */
ISCC_API void iscc_index_free(iscc_index *index);

#ifdef __cplusplus
}
#endif

#endif
