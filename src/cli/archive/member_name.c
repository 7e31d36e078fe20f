/* SPDX-License-Identifier: Apache-2.0 */
/* Splits names of members. */
#include "archive/member_name.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "files/long_path.h"
#include "lists/list_name.h"

static bool is_file(const struct directory *base, const char *name, size_t size, size_t prefix_size)
{
    struct stat status;
    char *copy = strndup(name, size);
    const bool is_found =
        copy != NULL && size > prefix_size && long_path_stat(base, list_name_path(copy, prefix_size), &status) == 0;

    free(copy);
    return is_found && S_ISREG(status.st_mode);
}

size_t member_name_archive(const struct directory *base, const char *name, size_t prefix_size)
{
    for (const char *mark = strstr(name, "!/"); mark != NULL; mark = strstr(mark + 1, "!/"))
        if (is_file(base, name, (size_t)(mark - name), prefix_size))
            return (size_t)(mark - name);
    return 0;
}

bool member_name_is_ambiguous(const struct directory *base, const char *archive, size_t prefix_size)
{
    return member_name_archive(base, archive, prefix_size) > 0;
}
