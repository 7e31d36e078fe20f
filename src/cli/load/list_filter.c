/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of docs/choosing.md, for names instead of directories. */
#include "load/list_filter.h"

#include <stdlib.h>
#include <string.h>

#include "util/array.h"

struct judgement {
    const struct filter *filter;
    bool operand_taken; /* a pattern took the operand in */
    char *path;         /* a copy of the name that is judged */
    size_t room;
};

static bool copy_path(struct judgement *judgement, const char *name, size_t size)
{
    char *path = array_grow(judgement->path, &judgement->room, size + 1, 1);
    if (path == NULL)
        return false;
    judgement->path = path;
    memcpy(judgement->path, name, size + 1);
    return true;
}

/* Goes down the directories of the path, as the walk does (H6, H7). */
static bool patterns_take(const struct judgement *judgement, bool is_tree)
{
    char *path = judgement->path;
    bool taken = judgement->operand_taken;
    size_t name = 0;

    for (;;) {
        char *slash = strchr(path + name, '/');
        const bool is_last = slash == NULL || (is_tree && slash[1] == '\0');
        if (slash != NULL)
            *slash = '\0';
        const enum ignore_verdict verdict = filter_match(judgement->filter, path, name, !is_last || is_tree);
        if (slash != NULL)
            *slash = '/';
        if (verdict == IGNORE_YES)
            return false;
        taken = taken || verdict == IGNORE_NO;
        if (is_last)
            return taken || !judgement->filter->only_included;
        name = (size_t)(slash - path) + 1;
    }
}

static bool depth_is_taken(const struct filter *filter, const char *path)
{
    uint64_t depth = 1;

    for (const char *slash = strchr(path, '/'); slash != NULL && slash[1] != '\0'; slash = strchr(slash + 1, '/'))
        depth++;
    return !filter->limits_depth || depth <= filter->max_depth;
}

/* Standard input is always taken, as H8 has it. */
static bool takes(const struct judgement *judgement, const struct catalogue_file *file)
{
    if (file->has_filesize && !filter_accepts_size(judgement->filter, (off_t)file->filesize))
        return false;
    if (strcmp(file->name, "-") == 0)
        return true;
    return depth_is_taken(judgement->filter, judgement->path) && patterns_take(judgement, catalogue_is_tree(file));
}

/* What the patterns say of the operand itself, whatever number of slashes it ends with. False if memory is short. */
static bool judge_operand(struct judgement *judgement, const char *operand, enum ignore_verdict *verdict)
{
    size_t size = strlen(operand);

    if (!copy_path(judgement, operand, size))
        return false;
    while (size > 0 && judgement->path[size - 1] == '/')
        judgement->path[--size] = '\0';
    *verdict = filter_match_operand(judgement->filter, judgement->path, true);
    return true;
}

bool list_filter_apply(struct catalogue *catalogue, const struct filter *filter, const char *operand,
                       const char *prefix)
{
    struct judgement judgement = {.filter = filter};
    enum ignore_verdict verdict = IGNORE_UNDECIDED;
    const size_t prefix_size = strlen(prefix);
    size_t kept = 0;
    size_t next = 0;

    if (filter->count == 0 && !filter->limits_depth && !filter_limits_size(filter))
        return true;
    if (operand != NULL && !judge_operand(&judgement, operand, &verdict))
        return false;
    judgement.operand_taken = verdict == IGNORE_NO;
    for (; next < catalogue->count; next++) {
        const struct catalogue_file *file = &catalogue->files[next];
        size_t skip = strncmp(file->name, prefix, prefix_size) == 0 ? prefix_size : 0;
        skip += file->name[skip] == '/'; /* of an absolute name */
        if (!copy_path(&judgement, file->name + skip, file->name_size - skip))
            break;
        if (verdict != IGNORE_YES && takes(&judgement, file))
            catalogue->files[kept++] = *file;
    }
    free(judgement.path);
    if (next < catalogue->count)
        return false;
    catalogue->count = kept;
    return true;
}
