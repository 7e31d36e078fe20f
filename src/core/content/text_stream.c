/* SPDX-License-Identifier: Apache-2.0 */
/* The Text-Code (ISO 24138 "Text-Code") of a text: collapsed characters, windows, features, minima, digest. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "content/text_stream.h"

/* Where the buffer is hashed, so that what comes of one more character still fits. */
#define COLLAPSED_LIMIT (ISCC_WINDOWS_SIZE - ISCC_COLLAPSE_SLACK)

/* The offset of a sigma that has left the buffer, so that nothing there is changed. */
#define NOT_IN_BUFFER (SIZE_MAX / 2)

void iscc_text_stream_start(struct iscc_text_stream *stream)
{
    iscc_minhash_start(stream->minima);
    stream->forked = false;
    stream->invalid = false;
    stream->read = 0;
    stream->windows = 0;
    iscc_collapse_start(&stream->collapse);
    stream->partial_size = 0;
    stream->size = 0;
}

static bool is_continuation(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

static size_t lower(const struct iscc_text_stream *stream, const struct iscc_kernels *kernels,
                    uint32_t minima[ISCC_MINIMA])
{
    uint32_t features[ISCC_WINDOWS_SIZE];

    const size_t count = kernels->hash_windows(stream->collapsed, stream->size, features);
    kernels->lower_minima(minima, features, count);
    return count;
}

/* Hashes the windows a second time, with the open sigma as a final one. */
static void lower_final(struct iscc_text_stream *stream, const struct iscc_kernels *kernels)
{
    const size_t second = stream->collapse.sigma_offset + 1;
    const bool in_buffer = second < stream->size;

    if (!stream->forked)
        memcpy(stream->final_minima, stream->minima, sizeof stream->minima);
    stream->forked = true;
    stream->collapse.sigma_watched = true;
    if (in_buffer)
        stream->collapsed[second] ^= ISCC_SIGMA_DIFFERENCE;
    lower(stream, kernels, stream->final_minima);
    if (in_buffer)
        stream->collapsed[second] ^= ISCC_SIGMA_DIFFERENCE;
}

/* Keeps the characters that the next windows begin with: all but one of a window. */
static void discard_hashed(struct iscc_text_stream *stream)
{
    struct iscc_collapse *collapse = &stream->collapse;
    size_t begin = stream->size;

    for (size_t kept = 0; begin > 0 && kept < ISCC_WINDOW - 1; kept += !is_continuation(stream->collapsed[begin]))
        begin--;
    memmove(stream->collapsed, stream->collapsed + begin, stream->size - begin);
    stream->size -= begin;
    if (collapse->sigma_written)
        collapse->sigma_offset = collapse->sigma_offset < begin ? NOT_IN_BUFFER : collapse->sigma_offset - begin;
}

static void hash_buffer(struct iscc_text_stream *stream, const struct iscc_kernels *kernels)
{
    if (stream->collapse.sigma_open && stream->collapse.sigma_written)
        lower_final(stream, kernels);
    stream->windows += lower(stream, kernels, stream->minima);
    discard_hashed(stream);
}

/* Chooses one of the two ways, once it is known which form the sigma has. */
static void join_fork(struct iscc_text_stream *stream)
{
    if (!stream->forked || stream->collapse.sigma_watched)
        return;
    if (stream->collapse.sigma_is_final)
        memcpy(stream->minima, stream->final_minima, sizeof stream->minima);
    stream->forked = false;
}

/* Collapses whole characters and returns the number of bytes read. */
static size_t add(struct iscc_text_stream *stream, const struct iscc_kernels *kernels, const uint8_t *text, size_t size)
{
    size_t done = 0;
    bool full;

    do {
        struct iscc_utf8_writer writer = {stream->collapsed, sizeof stream->collapsed, stream->size};
        bool valid;
        done +=
            iscc_collapse_text(&stream->collapse, kernels, text + done, size - done, &writer, COLLAPSED_LIMIT, &valid);
        stream->size = writer.length;
        stream->invalid = !valid;
        join_fork(stream);
        full = stream->size >= COLLAPSED_LIMIT;
        if (full)
            hash_buffer(stream, kernels);
    } while (full && !stream->invalid);
    stream->read += done;
    return done;
}

/* Completes the character that the last update ended within. Returns the number of bytes it took. */
static size_t add_partial(struct iscc_text_stream *stream, const struct iscc_kernels *kernels, const uint8_t *text,
                          size_t size)
{
    size_t taken = 0;

    while (stream->partial_size > 0 && taken < size && !stream->invalid) {
        stream->partial[stream->partial_size++] = text[taken++];
        if (add(stream, kernels, stream->partial, stream->partial_size) > 0)
            stream->partial_size = 0;
    }
    return taken;
}

void iscc_text_stream_update(struct iscc_text_stream *stream, const struct iscc_kernels *kernels, const void *text,
                             size_t size)
{
    const uint8_t *bytes = text;

    if (stream->invalid || size == 0)
        return;
    size_t done = add_partial(stream, kernels, bytes, size);
    if (stream->invalid || done == size)
        return;
    done += add(stream, kernels, bytes + done, size - done);
    if (!stream->invalid) {
        stream->partial_size = size - done;
        memcpy(stream->partial, bytes + done, size - done);
    }
}

static uint64_t count_characters(const struct iscc_text_stream *stream)
{
    uint64_t count = stream->windows;

    for (size_t i = 0; i < stream->size; i++)
        count += !is_continuation(stream->collapsed[i]);
    return count;
}

/* Continues with the state of a stream of which all windows that begin before it are hashed. */
static void continue_as(struct iscc_text_stream *stream, const struct iscc_text_stream *next, uint64_t characters,
                        uint64_t read)
{
    uint32_t minima[ISCC_MINIMA];

    memcpy(minima, stream->minima, sizeof minima);
    *stream = *next;
    stream->windows += characters;
    stream->read += read;
    for (size_t i = 0; i < ISCC_MINIMA; i++) {
        if (stream->minima[i] > minima[i])
            stream->minima[i] = minima[i];
        if (stream->forked && stream->final_minima[i] > minima[i])
            stream->final_minima[i] = minima[i];
    }
}

/* The first step is usually enough. */
#define STEP_FIRST ((size_t)64)

/* Some windows are hashed twice, here and in `prepared`, which does not change the minima. */
void iscc_text_stream_join(struct iscc_text_stream *stream, const struct iscc_kernels *kernels, const void *text,
                           size_t size, size_t start, const struct iscc_text_stream *prepared)
{
    const uint8_t *bytes = text;
    struct iscc_utf8_writer writer = {stream->collapsed, sizeof stream->collapsed, 0};
    size_t done = start;
    size_t step = STEP_FIRST;

    iscc_text_stream_update(stream, kernels, bytes, start);
    if (start == size || stream->invalid)
        return;
    writer.length = stream->size;
    iscc_collapse_flush(&stream->collapse, &writer);
    stream->size = writer.length;
    const uint64_t before = count_characters(stream);
    const uint64_t read = stream->read;
    do {
        step = step < size - done ? step : size - done;
        iscc_text_stream_update(stream, kernels, bytes + done, step);
        done += step;
        step *= 2;
        if (stream->invalid)
            return;
        if (!stream->collapse.sigma_open && count_characters(stream) - before >= ISCC_WINDOW - 1) {
            lower(stream, kernels, stream->minima);
            continue_as(stream, prepared, before, read);
            return;
        }
    } while (done < size);
}

bool iscc_text_stream_digest(const struct iscc_text_stream *stream, const struct iscc_kernels *kernels,
                             uint8_t digest[ISCC_MINHASH_BYTES], uint64_t *characters)
{
    struct iscc_text_stream copy = *stream;
    struct iscc_utf8_writer writer = {copy.collapsed, sizeof copy.collapsed, copy.size};

    if (stream->invalid || stream->partial_size > 0)
        return false;
    iscc_collapse_end(&copy.collapse, &writer);
    copy.size = writer.length;
    join_fork(&copy);
    hash_buffer(&copy, kernels);
    /* A text that is shorter than a window has one feature, that of all its characters. */
    if (copy.windows == 0) {
        const uint32_t feature = XXH32(copy.collapsed, copy.size, 0);
        kernels->lower_minima(copy.minima, &feature, 1);
    }
    *characters = count_characters(&copy);
    iscc_minhash_digest(copy.minima, digest);
    return true;
}
