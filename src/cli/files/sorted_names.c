/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An arena of names, sorted by merge sort.
 *
 * An entry consists of a flag, the error, the group, the key and a NUL. The flag says whether the name differs from the
 * key; if so, the name and another NUL follow. `order` points at the group, so that one string comparison covers group
 * and key. qsort() is not used because its comparison function cannot be passed the arena, and because its worst case
 * may be quadratic.
 */
#include "files/sorted_names.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "util/array.h"

enum { HAS_NAME = 0, ERROR = 1, HEADER = 2 };

static bool reserve(struct sorted_names *names, size_t needed)
{
    enum { FIRST_BYTES = 256 };

    char *bytes = array_grow(names->bytes, &names->capacity, needed < FIRST_BYTES ? FIRST_BYTES : needed, 1);
    if (bytes == NULL)
        return false;
    names->bytes = bytes;
    uint32_t *order = array_grow(names->order, &names->order_capacity, names->count + 1, sizeof *order);
    if (order == NULL)
        return false;
    names->order = order;
    return true;
}

static char *put(char *to, const char *text, size_t size)
{
    memcpy(to, text, size);
    to[size] = '\0';
    return to + size + 1;
}

int sorted_names_add(struct sorted_names *names, char group, const char *name, size_t size, const char *key,
                     size_t key_size, int error)
{
    bool has_name = key_size != size || memcmp(key, name, size) != 0;
    size_t needed = HEADER + 1 + key_size + 1 + (has_name ? size + 1 : 0);
    if (needed > UINT32_MAX - names->used)
        return EOVERFLOW;
    if (!reserve(names, names->used + needed))
        return ENOMEM;
    char *entry = names->bytes + names->used;
    entry[HAS_NAME] = has_name;
    entry[ERROR] = (char)(error < 128 ? error : EIO);
    entry[HEADER] = group;
    char *end = put(entry + HEADER + 1, key, key_size);
    if (has_name)
        put(end, name, size);
    names->order[names->count++] = (uint32_t)(names->used + HEADER);
    names->used += needed;
    return 0;
}

/* The name of the entry whose group is at `sorted`. */
static const char *name_of(const char *sorted)
{
    return sorted[HAS_NAME - HEADER] ? sorted + strlen(sorted) + 1 : sorted + 1;
}

static bool sorts_after(const char *bytes, uint32_t left, uint32_t right)
{
    int difference = strcmp(bytes + left, bytes + right);
    if (difference == 0)
        difference = strcmp(name_of(bytes + left), name_of(bytes + right));
    return difference > 0;
}

/* Merges the two sorted runs from[0, middle) and from[middle, end). */
static void merge(const char *bytes, const uint32_t *from, size_t middle, size_t end, uint32_t *to)
{
    size_t left = 0;
    size_t right = middle;
    if (right < end && sorts_after(bytes, from[middle - 1], from[middle]))
        while (left < middle && right < end)
            *to++ = sorts_after(bytes, from[left], from[right]) ? from[right++] : from[left++];
    memcpy(to, from + left, (middle - left) * sizeof *to);
    memcpy(to + (middle - left), from + right, (end - right) * sizeof *to);
}

int sorted_names_sort(struct sorted_names *names)
{
    size_t count = names->count;
    if (count < 2)
        return 0;
    uint32_t *from = names->order;
    uint32_t *to = malloc(count * sizeof *to);
    if (to == NULL)
        return ENOMEM;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t rest = count - start;
            merge(names->bytes, from + start, rest < width ? rest : width, rest < 2 * width ? rest : 2 * width,
                  to + start);
        }
        uint32_t *other = from;
        from = to;
        to = other;
    }
    names->order = from;
    names->order_capacity = count;
    free(to);
    return 0;
}

const char *sorted_names_peek(const struct sorted_names *names, size_t ahead)
{
    return ahead < names->count - names->next ? name_of(names->bytes + names->order[names->next + ahead]) : NULL;
}

const char *sorted_names_next(struct sorted_names *names, int *error)
{
    if (names->next == names->count)
        return NULL;
    const char *sorted = names->bytes + names->order[names->next++];
    *error = (unsigned char)sorted[ERROR - HEADER];
    return name_of(sorted);
}

void sorted_names_free(struct sorted_names *names)
{
    free(names->bytes);
    free(names->order);
    *names = (struct sorted_names){0};
}
