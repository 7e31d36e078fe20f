/* SPDX-License-Identifier: Apache-2.0 */
/* Writes and checks what a batch and its result consist of. */
#include "cluster/batch.h"

#include <string.h>

enum { ITEM_ROOT = 1, ITEM_JOB };

enum { JOB_IS_ENTRY = 1, JOB_WANTS_TEXT = 2, JOB_HAS_TIMES = 4, JOB_MAY_BE_KNOWN = 8, JOB_FLAGS = 15 };

enum { RUN_TEXT = 1, RUN_RECORDS_TIMES = 2, RUN_TRUSTS_TIMES = 4, RUN_FLAGS = 7 };

enum {
    RESULT_HAS_LINKS = 1,
    RESULT_IS_ON_DEVICE = 2,
    RESULT_HAS_TEXT = 4,
    RESULT_TRUSTED = 8,
    RESULT_MAY_STAND_STILL = 16,
    RESULT_FLAGS = 31
};

static void put_name(struct packet *packet, const char *name, size_t size)
{
    packet_put32(packet, (uint32_t)size);
    packet_put_bytes(packet, name, size);
}

static const char *get_name(struct packet *packet, size_t *size)
{
    *size = packet_get32(packet);
    const char *name = (const char *)packet_get_bytes(packet, *size);

    if (name == NULL || *size > BATCH_PATH_MAX || memchr(name, '\0', *size) != NULL)
        packet->is_bad = true;
    return name;
}

static void put_times(struct packet *packet, const struct file_times *times)
{
    packet_put_time(packet, &times->modified);
    packet_put_time(packet, &times->changed);
}

static struct file_times get_times(struct packet *packet)
{
    struct file_times times;

    times.modified = packet_get_time(packet);
    times.changed = packet_get_time(packet);
    return times;
}

/* Reads a byte of bits, of which only some have a meaning. */
static unsigned get_bits(struct packet *packet, unsigned known)
{
    const unsigned bits = packet_get8(packet);

    packet->is_bad = packet->is_bad || (bits & ~known) != 0;
    return bits;
}

/* ---- How to hash ---- */

void batch_put_settings(struct packet *packet, const struct batch_settings *settings)
{
    packet_begin(packet, PACKET_RUN);
    packet_put32(packet, BATCH_VERSION);
    packet_put8(packet, settings->flags);
    packet_put8(packet, (settings->text ? RUN_TEXT : 0u) | (settings->records_times ? RUN_RECORDS_TIMES : 0u) |
                            (settings->trusts_times ? RUN_TRUSTS_TIMES : 0u));
    packet_put32(packet, settings->threads);
}

bool batch_get_settings(struct packet *packet, struct batch_settings *settings)
{
    const bool is_known = packet_get32(packet) == BATCH_VERSION;

    settings->flags = packet_get8(packet);
    const unsigned bits = get_bits(packet, RUN_FLAGS);
    settings->text = (bits & RUN_TEXT) != 0;
    settings->records_times = (bits & RUN_RECORDS_TIMES) != 0;
    settings->trusts_times = (bits & RUN_TRUSTS_TIMES) != 0;
    settings->threads = packet_get32(packet);
    return is_known && packet_is_read(packet) && (settings->flags == ISCC_NARROW || settings->flags == ISCC_WIDE);
}

/* ---- Batches ---- */

void batch_begin(struct packet *packet, uint32_t number)
{
    packet_begin(packet, PACKET_BATCH);
    packet_put32(packet, number);
}

/* Takes back what was written after `size` if it did not fit. */
static bool keep_whole(struct packet *packet, size_t size)
{
    const bool fits = !packet->is_bad;

    if (!fits)
        packet->size = size;
    packet->is_bad = false;
    return fits;
}

bool batch_add_root(struct packet *packet, const struct batch_root *root)
{
    const size_t before = packet->size;

    packet_put8(packet, ITEM_ROOT);
    packet_put64(packet, root->inode);
    packet_put_time(packet, &root->modified);
    packet_put_time(packet, &root->started);
    put_name(packet, root->path, root->path_size);
    return keep_whole(packet, before);
}

bool batch_add_job(struct packet *packet, const struct batch_job *job)
{
    const size_t before = packet->size;

    packet_put8(packet, ITEM_JOB);
    packet_put8(packet, (job->is_entry ? JOB_IS_ENTRY : 0u) | (job->wants_text ? JOB_WANTS_TEXT : 0u) |
                            (job->has_times ? JOB_HAS_TIMES : 0u) | (job->may_be_known ? JOB_MAY_BE_KNOWN : 0u));
    put_name(packet, job->name, job->name_size);
    if (job->has_times) {
        packet_put64(packet, job->filesize);
        put_times(packet, &job->times);
    }
    return keep_whole(packet, before);
}

static void get_root(struct packet *packet, struct batch_root *root)
{
    root->inode = packet_get64(packet);
    root->modified = packet_get_time(packet);
    root->started = packet_get_time(packet);
    root->path = get_name(packet, &root->path_size);
    if (!packet->is_bad && root->path_size > 0 && root->path[root->path_size - 1] != '/')
        packet->is_bad = true;
}

/* Whether a name leads to something below the root, or for one that is no entry, to something in it. */
static bool name_is_inside(const char *name, size_t size, bool is_entry)
{
    for (size_t begin = 0, end; begin <= size; begin = end + 1) {
        const char *slash = memchr(name + begin, '/', size - begin);
        end = slash == NULL ? size : (size_t)(slash - name);
        const size_t part = end - begin;
        if (part == 0 || (part == 1 && name[begin] == '.') || (part == 2 && memcmp(name + begin, "..", 2) == 0) ||
            (end < size && !is_entry))
            return false;
    }
    return true;
}

static void get_job(struct packet *packet, struct batch_job *job)
{
    const unsigned bits = get_bits(packet, JOB_FLAGS);

    *job = (struct batch_job){.is_entry = (bits & JOB_IS_ENTRY) != 0,
                              .wants_text = (bits & JOB_WANTS_TEXT) != 0,
                              .has_times = (bits & JOB_HAS_TIMES) != 0,
                              .may_be_known = (bits & JOB_MAY_BE_KNOWN) != 0};
    job->name = get_name(packet, &job->name_size);
    if (job->has_times) {
        job->filesize = packet_get64(packet);
        job->times = get_times(packet);
    }
    if (!packet->is_bad &&
        (!name_is_inside(job->name, job->name_size, job->is_entry) || (job->may_be_known && !job->has_times)))
        packet->is_bad = true;
}

enum batch_item batch_next(struct packet *packet, struct batch_root *root, struct batch_job *job)
{
    if (packet_is_read(packet))
        return BATCH_END;
    const unsigned item = packet_get8(packet);
    if (item == ITEM_ROOT)
        get_root(packet, root);
    else if (item == ITEM_JOB)
        get_job(packet, job);
    else
        packet->is_bad = true;
    return packet->is_bad ? BATCH_BAD : item == ITEM_ROOT ? BATCH_ROOT : BATCH_JOB;
}

bool batch_open(struct packet *packet, uint32_t *number, size_t *jobs)
{
    struct batch_root root = {.path_size = 0};
    struct batch_job job;
    bool has_root = false;
    enum batch_item item;

    *number = packet_get32(packet);
    *jobs = 0;
    if (packet->is_bad)
        return false;
    const size_t begin = packet->read;
    while ((item = batch_next(packet, &root, &job)) != BATCH_END) {
        has_root = has_root || item == BATCH_ROOT;
        if (item == BATCH_BAD || !has_root)
            return false;
        if (item == BATCH_JOB && (++*jobs > BATCH_JOBS_MAX || root.path_size + job.name_size > BATCH_PATH_MAX))
            return false;
    }
    packet->read = begin;
    return *jobs > 0;
}

/* ---- Results ---- */

void batch_begin_result(struct packet *packet, uint32_t number)
{
    packet_begin(packet, PACKET_RESULT);
    packet_put32(packet, number);
}

static bool has_status(enum batch_outcome outcome)
{
    return outcome == OUTCOME_HASHED || outcome == OUTCOME_KNOWN;
}

void batch_add_result(struct packet *packet, const struct batch_result *result)
{
    packet_put8(packet, result->outcome);
    if (!has_status(result->outcome))
        return;
    packet_put8(packet,
                (result->has_links ? RESULT_HAS_LINKS : 0u) | (result->is_on_device ? RESULT_IS_ON_DEVICE : 0u) |
                    (result->has_text ? RESULT_HAS_TEXT : 0u) | (result->times_are_trusted ? RESULT_TRUSTED : 0u) |
                    (result->times_may_stand_still ? RESULT_MAY_STAND_STILL : 0u));
    packet_put64(packet, result->inode);
    packet_put64(packet, result->size);
    put_times(packet, &result->times);
    if (result->outcome == OUTCOME_KNOWN)
        return;
    packet_put_time(packet, &result->opened);
    packet_put64(packet, result->filesize);
    packet_put_bytes(packet, result->data, sizeof result->data);
    packet_put_bytes(packet, result->instance, sizeof result->instance);
    if (result->has_text)
        packet_put_bytes(packet, result->text, sizeof result->text);
}

bool batch_open_result(struct packet *packet, uint32_t *number)
{
    *number = packet_get32(packet);
    return !packet->is_bad;
}

static void get_digest(struct packet *packet, uint8_t digest[FILE_RECORD_DIGEST_SIZE])
{
    const unsigned char *bytes = packet_get_bytes(packet, FILE_RECORD_DIGEST_SIZE);

    if (bytes != NULL)
        memcpy(digest, bytes, FILE_RECORD_DIGEST_SIZE);
}

static void get_content(struct packet *packet, struct batch_result *result)
{
    result->opened = packet_get_time(packet);
    result->filesize = packet_get64(packet);
    get_digest(packet, result->data);
    get_digest(packet, result->instance);
    if (result->has_text)
        get_digest(packet, result->text);
}

bool batch_next_result(struct packet *packet, struct batch_result *result)
{
    const unsigned outcome = packet_get8(packet);

    *result = (struct batch_result){.outcome = (enum batch_outcome)outcome};
    if (packet->is_bad || outcome > OUTCOME_OTHER_ROOT)
        return false;
    if (!has_status(result->outcome))
        return true;
    const unsigned bits = get_bits(packet, RESULT_FLAGS);
    result->has_links = (bits & RESULT_HAS_LINKS) != 0;
    result->is_on_device = (bits & RESULT_IS_ON_DEVICE) != 0;
    result->has_text = (bits & RESULT_HAS_TEXT) != 0;
    result->times_are_trusted = (bits & RESULT_TRUSTED) != 0;
    result->times_may_stand_still = (bits & RESULT_MAY_STAND_STILL) != 0;
    result->inode = packet_get64(packet);
    result->size = packet_get64(packet);
    result->times = get_times(packet);
    if (result->outcome == OUTCOME_HASHED)
        get_content(packet, result);
    return !packet->is_bad && result->size <= INT64_MAX;
}
