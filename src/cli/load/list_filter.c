/* SPDX-License-Identifier: Apache-2.0 */
/* Applies the rules of docs/choosing.md to names in a list. */
#include "load/list_filter.h"

#include <stdlib.h>
#include <string.h>

#include "util/array.h"

struct matcher {
    const struct filter *filter;
    bool operand_included; /* a pattern includes the operand */
    char *path;            /* a copy of the name to match */
    size_t capacity;
};

static bool copy_path(struct matcher *matcher, const char *name, size_t size)
{
    char *path = array_grow(matcher->path, &matcher->capacity, size + 1, 1);
    if (path == NULL)
        return false;
    matcher->path = path;
    memcpy(matcher->path, name, size + 1);
    return true;
}

/* Matches each directory above the path first, as the walk does (H6, H7). */
static bool patterns_include(const struct matcher *matcher, bool is_tree)
{
    char *path = matcher->path;
    bool included = matcher->operand_included;
    size_t name = 0;

    for (;;) {
        char *slash = strchr(path + name, '/');
        const bool is_last = slash == NULL || (is_tree && slash[1] == '\0');
        if (slash != NULL)
            *slash = '\0';
        const enum ignore_verdict verdict = filter_match(matcher->filter, path, name, !is_last || is_tree);
        if (slash != NULL)
            *slash = '/';
        if (verdict == IGNORE_YES)
            return false;
        included = included || verdict == IGNORE_NO;
        if (is_last)
            return included || !matcher->filter->only_included;
        name = (size_t)(slash - path) + 1;
    }
}

static bool depth_is_included(const struct filter *filter, const char *path)
{
    uint64_t depth = 1;

    for (const char *slash = strchr(path, '/'); slash != NULL && slash[1] != '\0'; slash = strchr(slash + 1, '/'))
        depth++;
    return !filter->limits_depth || depth <= filter->max_depth;
}

/* Standard input is always included (H8). */
static bool is_included(const struct matcher *matcher, const struct file_record *file)
{
    if (file->has_filesize && !filter_accepts_size(matcher->filter, (off_t)file->filesize))
        return false;
    if (strcmp(file->name, "-") == 0)
        return true;
    return depth_is_included(matcher->filter, matcher->path) && patterns_include(matcher, file_record_is_tree(file));
}

/* Matches the operand without its trailing slashes. False if memory is short. */
static bool match_operand(struct matcher *matcher, const char *operand, enum ignore_verdict *verdict)
{
    size_t size = strlen(operand);

    if (!copy_path(matcher, operand, size))
        return false;
    while (size > 0 && matcher->path[size - 1] == '/')
        matcher->path[--size] = '\0';
    *verdict = filter_match_operand(matcher->filter, matcher->path, true);
    return true;
}

bool list_filter_apply(struct catalogue *catalogue, const struct filter *filter, const char *operand,
                       const char *prefix)
{
    struct matcher matcher = {.filter = filter};
    enum ignore_verdict verdict = IGNORE_UNDECIDED;
    const size_t prefix_size = strlen(prefix);
    size_t kept = 0;
    size_t next = 0;

    if (filter->count == 0 && !filter->limits_depth && !filter_limits_size(filter))
        return true;
    if (operand != NULL && !match_operand(&matcher, operand, &verdict))
        return false;
    matcher.operand_included = verdict == IGNORE_NO;
    for (; next < catalogue->count; next++) {
        const struct file_record *file = &catalogue->files[next];
        size_t skip = strncmp(file->name, prefix, prefix_size) == 0 ? prefix_size : 0;
        skip += file->name[skip] == '/'; /* an absolute name */
        if (!copy_path(&matcher, file->name + skip, file->name_size - skip))
            break;
        if (verdict != IGNORE_YES && is_included(&matcher, file))
            catalogue->files[kept++] = *file;
    }
    free(matcher.path);
    if (next < catalogue->count)
        return false;
    catalogue->count = kept;
    return true;
}
