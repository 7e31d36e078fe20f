/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the query the first file of a catalogue, and finds the files nearest to it. */
#include "similar/near_query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "code_input/code_operand.h"
#include "files/long_path.h"
#include "util/failure.h"
#include "util/message.h"

static bool report(const struct load *load, struct output *output, const char *member, const char *name,
                   const char *reason, const char *code)
{
    code_operand_report(output, load->failures != NULL, member, name, reason, code);
    return false;
}

static bool load_code(struct load *load, const char *query, enum near_by by, struct output *output)
{
    struct file_record file = {.name = "", .flags = ISCC_WIDE};
    struct code_units units;
    unsigned known;

    code_operand_units(query, &units);
    file_record_add_unit(&file, units.data_code);
    file_record_add_unit(&file, units.instance_code);
    file_record_add_unit(&file, units.text_code);
    file_record_digest(&file, by, &known);
    if (known == 0)
        return report(load, output, "input", query, code_operand_lack(by), code_operand_lack_code(by));
    if (catalogue_add(load->catalogue, &file))
        return true;
    message_error(NULL, strerror(ENOMEM));
    return false;
}

static bool load_file(struct load *load, const char *query, enum near_by by, struct output *output)
{
    static const struct source_settings trees = {.trees = true};
    struct load whole = *load; /* nothing is left out of the query */
    unsigned known;

    whole.source = &trees;
    whole.reuse = NULL;
    whole.hash.filter = NULL;
    if (!load_files(&whole, &(struct operands){.arguments = &query, .count = 1}) || load->catalogue->count == 0)
        return false;
    file_record_digest(&load->catalogue->files[0], by, &known);
    return known > 0 || report(load, output, "path", query, code_operand_lack(by), code_operand_lack_code(by));
}

bool near_query_load(struct load *load, const char *query, enum near_by by, struct output *output)
{
    char reason[CODE_OPERAND_REASON_SIZE];
    struct stat status;

    if (code_operand_is_code(query))
        return load_code(load, query, by, output);
    if (strcmp(query, "-") != 0 && long_path_stat(NULL, query, &status) != 0) {
        const int failure = errno;
        code_operand_reason(query, failure, reason);
        return report(load, output, "path", query, reason, failure_code(failure));
    }
    return load_file(load, query, by, output);
}

/* ---- The nearest ---- */

enum { BITS_MAX = 8 * FILE_RECORD_DIGEST_SIZE };

/* A counting sort: rank 0 is for files with the content of file 0, all others have their distance plus 1. Files of the
 * same rank keep the order of the catalogue. */
enum { RANKS = BITS_MAX + 2 };

static iscc_status count_ranks(const struct catalogue *catalogue, const struct near_query *query, uint16_t *ranks,
                               size_t counts[RANKS])
{
    unsigned known;

    const uint8_t *digest = file_record_digest(&catalogue->files[0], query->by, &known);
    for (size_t i = 1; i < catalogue->count; i++) {
        struct neighbour neighbour = {.file = (uint32_t)i};
        unsigned distance;
        const iscc_status status = iscc_hamming_distance(
            digest, file_record_digest(&catalogue->files[i], query->by, &known), query->bits / 8, &distance);
        if (status != ISCC_OK)
            return status;
        neighbour.distance = distance;
        ranks[i] = neighbour_is_identical(catalogue, &neighbour) ? 0 : (uint16_t)(distance + 1);
        counts[ranks[i]]++;
    }
    return ISCC_OK;
}

/* Replaces each rank's count by the offset of its first file in the result. Returns the size of the result, `limit` at
 * most. */
static size_t rank_offsets(size_t counts[RANKS], unsigned threshold, size_t limit)
{
    size_t offset = 0;

    for (unsigned rank = 0; rank < RANKS; rank++) {
        const size_t count = rank <= threshold + 1 ? counts[rank] : 0;
        counts[rank] = offset;
        offset += count < limit - offset ? count : limit - offset;
    }
    return offset;
}

struct neighbour *near_query_nearest(const struct catalogue *catalogue, const struct near_query *query, size_t *count)
{
    size_t offsets[RANKS] = {0};
    uint16_t *ranks = calloc(catalogue->count + 1, sizeof *ranks);
    struct neighbour *nearest = NULL;
    iscc_status status = ISCC_ERROR_MEMORY;

    if (ranks != NULL)
        status = count_ranks(catalogue, query, ranks, offsets);
    if (status == ISCC_OK) {
        *count = rank_offsets(offsets, query->threshold, query->limit);
        nearest = calloc(*count + 1, sizeof *nearest);
        if (nearest == NULL)
            status = ISCC_ERROR_MEMORY;
    }
    for (size_t i = 1; status == ISCC_OK && i < catalogue->count; i++) {
        const unsigned rank = ranks[i];
        if (rank <= query->threshold + 1 && offsets[rank] < *count)
            nearest[offsets[rank]++] =
                (struct neighbour){0, rank == 0 ? 0 : rank - 1, (uint32_t)i, (uint32_t)i, (uint32_t)i};
    }
    free(ranks);
    return status == ISCC_OK ? nearest : grouping_fail(status);
}
