/* SPDX-License-Identifier: Apache-2.0 */
/* Runs kernels and hashers so that they can be timed. */
#include "measure.h"

#include <string.h>

#include "content/text_stream.h"
#include "hashers.h"

/* Bytes of the stream per call of most kernels, so that all other inputs fit on the stack. */
#define PART_SIZE ((size_t)128 * 1024)

/* Bytes per call of find_cuts, as in the Data-Code. */
#define CUTS_PART_SIZE ((size_t)1024 * 1024)

/* The average bytes of a chunk, which has one feature. */
#define CHUNK_AVERAGE ((size_t)1024)
#define PART_CHUNKS (PART_SIZE / CHUNK_AVERAGE)

#define SIZE_MAX_MEASURED ((size_t)1 << 30)

typedef void measured_function(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size);

/* Results are stored here, so that the compiler cannot remove the work. */
static volatile uint32_t sink;

static void measure_cuts(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size)
{
    uint32_t cuts[ISCC_CUTS_MAX(CUTS_PART_SIZE)];
    struct iscc_speculation speculation = {0};
    while (size > 0) {
        const size_t part = size < CUTS_PART_SIZE ? size : CUTS_PART_SIZE;
        sink = (uint32_t)kernels->find_cuts(bytes, part, cuts, &speculation, NULL);
        bytes += part;
        size -= part;
    }
}

/* Chunks of 512 to 1535 bytes. */
static void measure_xxh32(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size)
{
    uint32_t cuts[2 * PART_CHUNKS];
    uint32_t features[2 * PART_CHUNKS];
    size_t count = 0;
    for (size_t cut = 512; cut <= size; cut += 512 + count * 389 % CHUNK_AVERAGE)
        cuts[count++] = (uint32_t)cut;
    if (count == 0)
        return;
    kernels->hash_chunks(bytes, 0, cuts, count, features);
    sink = features[count - 1];
}

static void measure_minhash(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size)
{
    uint32_t minima[ISCC_MINIMA];
    uint32_t features[PART_CHUNKS];
    const size_t count = size / CHUNK_AVERAGE;
    memset(minima, 0xff, sizeof minima);
    memcpy(features, bytes, count * sizeof features[0]);
    kernels->lower_minima(minima, features, count);
    sink = minima[0];
}

static void measure_hamming(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size)
{
    unsigned distance = 0;
    for (size_t i = 0; i + 64 <= size; i += 64)
        distance += kernels->hamming(bytes + i, bytes + i + 32, 32);
    sink = distance;
}

static void measure_data(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size)
{
    struct iscc_data_stream stream;
    iscc_data_stream_start(&stream);
    iscc_data_stream_update(&stream, kernels, bytes, size);
    sink = stream.minima[0];
}

/* Hashes as many bytes of text as there are bytes: a text of characters that the first of these choose, repeatedly. */
static void measure_text(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size,
                         const char *const characters[32])
{
    static const size_t longest = 4;
    char text[PART_SIZE];
    size_t length = 0;
    struct iscc_text_stream stream;

    for (size_t i = 0; i < size && length + longest <= sizeof text; i++)
        for (const char *byte = characters[bytes[i] % 32]; *byte != '\0'; byte++)
            text[length++] = *byte;
    iscc_text_stream_start(&stream);
    for (; size >= length; size -= length)
        iscc_text_stream_update(&stream, kernels, text, length);
    sink = stream.minima[0];
}

static void measure_ascii(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size)
{
    static const char *const characters[32] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k",
                                               "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v",
                                               "w", "x", "y", "z", " ", " ", " ", " ", " ", " "};
    measure_text(kernels, bytes, size, characters);
}

static void measure_mixed(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size)
{
    static const char *const characters[32] = {
        "a",      "e",      "n",      "t",      "D",      " ",      " ",      ",",      "\u00e9", "\u00fc", "\u0107",
        "\u00df", "\u0438", "\u043d", "\u0440", "\u042f", "\u03b1", "\u03ce", "\u03c4", "\u05d0", "\u05e9", "\u0645",
        "\u0646", "\u0915", "\u0ba4", "\u4e2d", "\u6587", "\u5b57", "\u3042", "\u30ac", "\ud55c", "\uae00"};
    measure_text(kernels, bytes, size, characters);
}

static void measure_instance(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size)
{
    struct iscc_instance_stream stream;
    uint8_t digest[BLAKE3_OUT_LEN];
    (void)kernels;
    iscc_instance_stream_start(&stream);
    iscc_instance_stream_update(&stream, bytes, size);
    iscc_instance_stream_digest(&stream, digest);
    sink = digest[0];
}

static void measure_sum(const struct iscc_kernels *kernels, const uint8_t *bytes, size_t size)
{
    struct iscc_sum_hasher hasher = {.data.kernels = kernels};
    struct iscc_sum_code code;
    iscc_sum_hasher_reset(&hasher);
    iscc_sum_hasher_update(&hasher, bytes, size);
    iscc_sum_hasher_finalize(&hasher, ISCC_WIDE, &code);
    sink = (uint32_t)code.filesize;
}

static const struct {
    const char *name;
    measured_function *run;
    size_t part; /* bytes per call */
} measures[] = {
    {"cuts", measure_cuts, SIZE_MAX_MEASURED},       {"xxh32", measure_xxh32, PART_SIZE},
    {"minhash", measure_minhash, PART_SIZE},         {"hamming", measure_hamming, PART_SIZE},
    {"text-code", measure_ascii, SIZE_MAX_MEASURED}, {"text-mixed", measure_mixed, SIZE_MAX_MEASURED},
    {"data-code", measure_data, SIZE_MAX_MEASURED},  {"instance-code", measure_instance, SIZE_MAX_MEASURED},
    {"sum-code", measure_sum, SIZE_MAX_MEASURED},
};

#define MEASURES (sizeof measures / sizeof measures[0])

const char *iscc_measure_name(size_t index)
{
    return index < MEASURES ? measures[index].name : NULL;
}

iscc_status iscc_measure(size_t index, const char *backend, const void *data, size_t size)
{
    const struct iscc_kernels *kernels;
    const uint8_t *bytes = data;
    size_t i = 0;

    if (index >= MEASURES || backend == NULL || data == NULL || size == 0 || size > SIZE_MAX_MEASURED)
        return ISCC_ERROR_ARGUMENT;
    while ((kernels = iscc_kernels_available(i)) != NULL && strcmp(kernels->name, backend) != 0)
        i++;
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    while (size > 0) {
        const size_t part = size < measures[index].part ? size : measures[index].part;
        measures[index].run(kernels, bytes, part);
        bytes += part;
        size -= part;
    }
    return ISCC_OK;
}
