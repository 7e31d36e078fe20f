/* SPDX-License-Identifier: Apache-2.0 */
/* Packets from another process: what is accepted can be written again, as the same bytes. */
#include <string.h>

#include "cluster/batch.h"
#include "support/fuzz.h"

static struct packet packet;
static struct packet copy;

static void require_same(void)
{
    REQUIRE(copy.size == packet.size);
    REQUIRE(memcmp(copy.bytes + PACKET_RANK_SIZE, packet.bytes + PACKET_RANK_SIZE, copy.size - PACKET_RANK_SIZE) == 0);
}

static void check_batch(void)
{
    struct batch_root root = {.path = NULL};
    struct batch_job job;
    enum batch_item item;
    uint32_t number;
    size_t jobs;
    size_t found = 0;

    if (!batch_open(&packet, &number, &jobs))
        return;
    REQUIRE(jobs > 0 && jobs <= BATCH_JOBS_MAX);
    batch_begin(&copy, number);
    while ((item = batch_next(&packet, &root, &job)) != BATCH_END) {
        REQUIRE(item != BATCH_BAD && root.path != NULL);
        if (item == BATCH_ROOT) {
            REQUIRE(batch_add_root(&copy, &root));
            continue;
        }
        found++;
        REQUIRE(root.path_size + job.name_size <= BATCH_PATH_MAX && memchr(job.name, '\0', job.name_size) == NULL);
        REQUIRE(job.name_size > 0 && job.name[0] != '/' && job.name[job.name_size - 1] != '/');
        REQUIRE(batch_add_job(&copy, &job));
    }
    REQUIRE(found == jobs);
    require_same();
}

static void check_results(void)
{
    struct batch_result result;
    uint32_t number;

    if (!batch_open_result(&packet, &number))
        return;
    batch_begin_result(&copy, number);
    while (packet.read < packet.size) {
        if (!batch_next_result(&packet, &result))
            return;
        REQUIRE(result.outcome <= OUTCOME_OTHER_ROOT && result.size <= INT64_MAX);
        batch_add_result(&copy, &result);
    }
    if (!copy.is_bad && copy.size == packet.size)
        REQUIRE(packet_is_read(&packet));
}

FUZZ_TARGET(packet)
{
    struct batch_settings settings;

    packet.size = size < sizeof packet.bytes - PACKET_RANK_SIZE ? size + PACKET_RANK_SIZE : sizeof packet.bytes;
    memcpy(packet.bytes + PACKET_RANK_SIZE, data, packet.size - PACKET_RANK_SIZE);
    switch (packet_open(&packet)) {
    case PACKET_RUN:
        if (batch_get_settings(&packet, &settings)) {
            batch_put_settings(&copy, &settings);
            require_same();
        }
        break;
    case PACKET_BATCH:
        check_batch();
        break;
    case PACKET_RESULT:
        check_results();
        break;
    default:
        break;
    }
    return 0;
}
