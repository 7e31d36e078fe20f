/* SPDX-License-Identifier: Apache-2.0 */
/* A list of directories in the order of the walk. Each thread lists the first that is new. */
#include "files/listing_ahead.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "util/descriptor_limit.h"
#include "util/threads.h"

enum { LISTERS = 8 };

/* What hashing may use (hash/descriptors.c), and as many again for directories that are listed ahead. */
enum { DESCRIPTORS_BASE = 1024, DESCRIPTORS_PER_THREAD = 12 };

/* Listings that the walk has not come to yet: no more are begun beyond so many bytes, and after so many seconds the
 * walk lists a directory itself, which is in the cache then. */
enum { LISTED_BYTES = 32 * 1024 * 1024, LISTED_SECONDS = 10 };

struct request {
    struct request *next;
    size_t level;
    enum { REQUEST_NEW, REQUEST_BEGUN, REQUEST_DONE } state;
    bool is_forgotten; /* and no longer in the list; the thread that lists it frees it */
    struct directory *parent;
    struct listed_directory listed;
    size_t bytes;         /* of the listing */
    struct timespec done; /* when it was listed */
    char name[];
};

struct listing_ahead {
    pthread_mutex_t mutex;
    pthread_cond_t is_asked; /* or the end */
    pthread_cond_t is_done;
    struct request *first;
    size_t bytes; /* of all listings */
    bool is_ending;
    pthread_t threads[LISTERS];
    int thread_count;
};

void listed_directory_read(struct listed_directory *listed, const struct directory *parent, const char *name,
                           struct nfc *nfc)
{
    *listed = (struct listed_directory){.error = 0};
    listed->directory = directory_open(parent, name, &listed->error);
    if (listed->directory != NULL)
        listed->error = directory_listing_read(&listed->listing, directory_descriptor(listed->directory), nfc);
}

void listed_directory_free(struct listed_directory *listed)
{
    directory_release(listed->directory);
    directory_listing_free(&listed->listing);
}

static void free_request(struct request *request)
{
    directory_release(request->parent);
    listed_directory_free(&request->listed);
    free(request);
}

static struct request *find_new(const struct listing_ahead *ahead)
{
    struct request *request = ahead->bytes < LISTED_BYTES ? ahead->first : NULL;
    while (request != NULL && request->state != REQUEST_NEW)
        request = request->next;
    return request;
}

static size_t size_of(const struct sorted_names *names)
{
    return names->capacity + names->order_capacity * sizeof *names->order;
}

static void finish(struct listing_ahead *ahead, struct request *request)
{
    const struct directory_listing *listing = &request->listed.listing;

    request->state = REQUEST_DONE;
    request->bytes = size_of(&listing->files) + size_of(&listing->directories);
    ahead->bytes += request->bytes;
    clock_gettime(CLOCK_MONOTONIC, &request->done);
}

static void drop(struct listing_ahead *ahead, struct request *request)
{
    if (ahead->bytes >= LISTED_BYTES)
        pthread_cond_broadcast(&ahead->is_asked);
    ahead->bytes -= request->bytes;
    free_request(request);
}

static void *run_lister(void *context)
{
    struct listing_ahead *ahead = context;
    struct nfc nfc = {0};

    pthread_mutex_lock(&ahead->mutex);
    while (!ahead->is_ending) {
        struct request *request = find_new(ahead);
        if (request == NULL) {
            pthread_cond_wait(&ahead->is_asked, &ahead->mutex);
            continue;
        }
        request->state = REQUEST_BEGUN;
        pthread_mutex_unlock(&ahead->mutex);
        listed_directory_read(&request->listed, request->parent, request->name, &nfc);
        pthread_mutex_lock(&ahead->mutex);
        finish(ahead, request);
        if (request->is_forgotten)
            drop(ahead, request);
        else
            pthread_cond_signal(&ahead->is_done);
    }
    pthread_mutex_unlock(&ahead->mutex);
    nfc_free(&nfc);
    return NULL;
}

/* One walk at a time: where several trees are walked at once, their threads wait at the same time already. */
static atomic_flag is_used = ATOMIC_FLAG_INIT;

static bool system_allows(void)
{
    const size_t descriptors = DESCRIPTORS_BASE + DESCRIPTORS_PER_THREAD * (size_t)threads_default();
    return descriptor_limit_raise() >= descriptors;
}

struct listing_ahead *listing_ahead_start(void)
{
    if (!system_allows() || atomic_flag_test_and_set(&is_used))
        return NULL;
    struct listing_ahead *ahead = calloc(1, sizeof *ahead);
    if (ahead == NULL) {
        atomic_flag_clear(&is_used);
        return NULL;
    }
    pthread_mutex_init(&ahead->mutex, NULL);
    pthread_cond_init(&ahead->is_asked, NULL);
    pthread_cond_init(&ahead->is_done, NULL);
    while (ahead->thread_count < LISTERS &&
           pthread_create(&ahead->threads[ahead->thread_count], NULL, run_lister, ahead) == 0)
        ahead->thread_count++;
    if (ahead->thread_count > 0)
        return ahead;
    listing_ahead_stop(ahead);
    return NULL;
}

void listing_ahead_stop(struct listing_ahead *ahead)
{
    if (ahead == NULL)
        return;
    listing_ahead_forget(ahead, 0, SIZE_MAX);
    pthread_mutex_lock(&ahead->mutex);
    ahead->is_ending = true;
    pthread_cond_broadcast(&ahead->is_asked);
    pthread_mutex_unlock(&ahead->mutex);
    for (int i = 0; i < ahead->thread_count; i++)
        pthread_join(ahead->threads[i], NULL);
    pthread_cond_destroy(&ahead->is_asked);
    pthread_cond_destroy(&ahead->is_done);
    pthread_mutex_destroy(&ahead->mutex);
    free(ahead);
    atomic_flag_clear(&is_used);
}

bool listing_ahead_ask(struct listing_ahead *ahead, size_t level, struct directory *parent, const char *name)
{
    const size_t size = strlen(name) + 1;
    struct request *request = calloc(1, sizeof *request + size);
    if (request == NULL)
        return false;
    request->level = level;
    request->parent = directory_hold(parent);
    memcpy(request->name, name, size);

    pthread_mutex_lock(&ahead->mutex);
    struct request **link = &ahead->first;
    while (*link != NULL && (*link)->level >= level)
        link = &(*link)->next;
    request->next = *link;
    *link = request;
    pthread_cond_signal(&ahead->is_asked);
    pthread_mutex_unlock(&ahead->mutex);
    return true;
}

/* Takes a request out of the list, and frees it unless a thread is at it. */
static void forget(struct listing_ahead *ahead, struct request **link)
{
    struct request *request = *link;
    *link = request->next;
    if (request->state == REQUEST_BEGUN)
        request->is_forgotten = true;
    else
        drop(ahead, request);
}

static bool is_fresh(const struct request *request)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec - request->done.tv_sec < LISTED_SECONDS;
}

static struct request *find_asked(const struct listing_ahead *ahead, size_t level, const char *name)
{
    struct request *request = ahead->first;
    while (request != NULL && (request->level > level || (request->level == level && strcmp(request->name, name) != 0)))
        request = request->next;
    return request != NULL && request->level == level ? request : NULL;
}

bool listing_ahead_wait(struct listing_ahead *ahead, size_t level, const char *name, struct listed_directory *listed)
{
    bool is_listed = false;

    pthread_mutex_lock(&ahead->mutex);
    struct request *request = find_asked(ahead, level, name);
    if (request != NULL) {
        while (ahead->first != request)
            forget(ahead, &ahead->first);
        while (request->state == REQUEST_BEGUN)
            pthread_cond_wait(&ahead->is_done, &ahead->mutex);
        is_listed = request->state == REQUEST_DONE && is_fresh(request);
        if (is_listed) {
            *listed = request->listed;
            request->listed = (struct listed_directory){.error = 0};
        }
        forget(ahead, &ahead->first);
    }
    pthread_mutex_unlock(&ahead->mutex);
    return is_listed;
}

void listing_ahead_forget(struct listing_ahead *ahead, size_t first, size_t last)
{
    if (ahead == NULL)
        return;
    pthread_mutex_lock(&ahead->mutex);
    for (struct request **link = &ahead->first; *link != NULL;) {
        if ((*link)->level >= first && (*link)->level <= last)
            forget(ahead, link);
        else
            link = &(*link)->next;
    }
    pthread_mutex_unlock(&ahead->mutex);
}
