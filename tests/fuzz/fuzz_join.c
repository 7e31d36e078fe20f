/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Data-Code of a stream split into any updates and blocks, on every backend, against the naive one. The input is a
 * byte for the backend, two for the splits, and then a program that generates the stream, since chunks and lanes need
 * more bytes than a fuzzer mutates efficiently.
 */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/kernels.h"
#include "core/code_text.h"
#include "support/fuzz.h"
#include "core/naive.h"
#include "support/random.h"

enum { STREAM_MAX = 300 * 1024 };

struct stream {
    uint8_t *bytes;
    size_t size;
};

/* ---- The stream ---- */

/* How many more bytes fit. */
static size_t room_for(const struct stream *stream, size_t size)
{
    return size < STREAM_MAX - stream->size ? size : STREAM_MAX - stream->size;
}

static void add_literal(struct stream *stream, struct fuzz_input *input)
{
    for (size_t size = room_for(stream, fuzz_byte(input)); size > 0 && input->size > 0; size--)
        stream->bytes[stream->size++] = fuzz_byte(input);
}

static void add_random(struct stream *stream, struct fuzz_input *input)
{
    uint64_t state = fuzz_byte(input);
    const size_t size = room_for(stream, fuzz_number(input));

    random_fill(&state, stream->bytes + stream->size, size);
    stream->size += size;
}

/* Repeats the bytes `distance` before: runs and periods. */
static void add_copy(struct stream *stream, struct fuzz_input *input, size_t distance)
{
    size_t size = room_for(stream, 4u * fuzz_number(input));

    for (; size > 0 && distance <= stream->size; size--, stream->size++)
        stream->bytes[stream->size] = stream->bytes[stream->size - distance];
}

static struct stream make_stream(struct fuzz_input *input)
{
    struct stream stream = {fuzz_grow(NULL, STREAM_MAX), 0};

    while (input->size > 0) {
        switch (fuzz_byte(input) % 4) {
        case 0:
            add_literal(&stream, input);
            break;
        case 1:
            add_random(&stream, input);
            break;
        case 2:
            add_copy(&stream, input, 1u + fuzz_byte(input));
            break;
        default:
            add_copy(&stream, input, 1u + fuzz_number(input));
        }
    }
    /* Exactly sized, so that a sanitizer sees a read past the end. */
    stream.bytes = fuzz_grow(stream.bytes, stream.size + (stream.size == 0));
    return stream;
}

/* ---- Backends: the linker replaces the library's choice by this one ---- */

static const struct iscc_kernels *kernels;

const struct iscc_kernels *__real_iscc_kernels_selected(void);
const struct iscc_kernels *__wrap_iscc_kernels_selected(void);

const struct iscc_kernels *__wrap_iscc_kernels_selected(void)
{
    return kernels == NULL ? __real_iscc_kernels_selected() : kernels; /* NULL: for another target */
}

static void choose_backend(uint8_t number)
{
    size_t count = 0;

    while (iscc_kernels_available(count) != NULL)
        count++;
    kernels = iscc_kernels_available(number % count);
}

/* ---- Properties ---- */

/* The kernel's cuts match the naive search, whatever came before in the stream. */
static void require_cuts(const struct stream *stream, struct iscc_speculation *speculation)
{
    uint32_t *cuts = fuzz_grow(NULL, (ISCC_CUTS_MAX(stream->size) + 1) * sizeof *cuts);
    const size_t count = kernels->find_cuts(stream->bytes, stream->size, cuts, speculation, NULL);
    size_t end = 0;

    REQUIRE(count <= ISCC_CUTS_MAX(stream->size));
    for (size_t i = 0; i < count; i++) {
        end += naive_chunk(stream->bytes + end, stream->size - end);
        REQUIRE(cuts[i] == end);
    }
    /* The last chunk may be open, and then it reaches the end; it may also have a cut there. */
    REQUIRE(end + naive_chunk(stream->bytes + end, stream->size - end) == stream->size || end == stream->size);
    free(cuts);
}

/* Sizes of every magnitude up to the whole stream. */
static size_t take_split(uint64_t *random, size_t left)
{
    const size_t size = 1 + random_below(random, (size_t)1 << random_below(random, 18));
    return size < left ? size : left;
}

static void code_by_splits(const struct stream *stream, uint64_t random, char code[ISCC_CODE_SIZE])
{
    iscc_data_hasher *hasher = NULL;
    iscc_data_block *block = NULL;
    size_t repeated = 0;

    REQUIRE(iscc_data_hasher_new(&hasher) == ISCC_OK && iscc_data_block_new(&block, STREAM_MAX) == ISCC_OK);
    const size_t updates = random_below(&random, 4); /* of four pieces */
    for (size_t done = 0, size; done < stream->size; done += size) {
        size = take_split(&random, stream->size - done);
        if (random_below(&random, 4) < updates) {
            REQUIRE(iscc_data_hasher_update(hasher, stream->bytes + done, size) == ISCC_OK);
            continue;
        }
        REQUIRE(iscc_data_block_prepare(block, stream->bytes + done, size) == ISCC_OK);
        REQUIRE(iscc_data_hasher_join(hasher, block, &repeated) == ISCC_OK && repeated <= size);
    }
    REQUIRE(iscc_data_hasher_finalize(hasher, 256, code) == ISCC_OK);
    iscc_data_block_free(block);
    iscc_data_hasher_free(hasher);
}

FUZZ_TARGET(join)
{
    static struct iscc_speculation speculation; /* carried over from one input to the next */
    struct fuzz_input input = {data, size};
    uint8_t digest[32];
    char expected[ISCC_CODE_SIZE];
    char code[ISCC_CODE_SIZE];

    choose_backend(fuzz_byte(&input));
    const uint64_t splits = fuzz_number(&input);
    struct stream stream = make_stream(&input);
    naive_digest(stream.bytes, stream.size, digest);
    code_text_unit(ISCC_DATA, 256, digest, expected);
    code_by_splits(&stream, splits, code);
    REQUIRE(strcmp(code, expected) == 0);
    REQUIRE(iscc_gen_data_code_v0(stream.bytes, stream.size, 256, code) == ISCC_OK && strcmp(code, expected) == 0);
    speculation = splits % 4 == 0 ? (struct iscc_speculation){0} : speculation;
    require_cuts(&stream, &speculation);
    free(stream.bytes);
    return 0;
}
