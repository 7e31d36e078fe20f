/* SPDX-License-Identifier: Apache-2.0 */
/* Splits names in lists into components, as text: nothing is looked up. */
#include "lists/list_name.h"

#include <string.h>

/* Skips slashes, and `.` if a slash follows. */
static const char *next_component(const char *name)
{
    while (*name == '/' || (name[0] == '.' && name[1] == '/'))
        name++;
    return name;
}

/* Like next_component(), but also skips `.` at the end. */
static const char *next_of_prefix(const char *prefix)
{
    prefix = next_component(prefix);
    return strcmp(prefix, ".") == 0 ? prefix + 1 : prefix;
}

size_t list_name_prefix_size(const char *name, const char *prefix)
{
    const char *rest = name;

    if (prefix == NULL || (*name == '/') != (*prefix == '/'))
        return 0;
    for (prefix = next_of_prefix(prefix); *prefix != '\0'; prefix = next_of_prefix(prefix)) {
        const size_t size = strcspn(prefix, "/");
        rest = next_component(rest);
        if (strncmp(rest, prefix, size) != 0 || (rest[size] != '/' && rest[size] != '\0'))
            return 0;
        rest += size;
        prefix += size;
    }
    return (size_t)(next_component(rest) - name);
}

const char *list_name_path(const char *name, size_t prefix_size)
{
    return prefix_size > 0 && name[prefix_size] == '\0' ? "." : name + prefix_size;
}

bool list_name_is_inside(const char *name)
{
    size_t depth = 0;

    if (*name == '/')
        return false;
    for (name = next_component(name); *name != '\0'; name = next_component(name)) {
        const size_t size = strcspn(name, "/");
        const bool is_parent = size == 2 && strncmp(name, "..", 2) == 0;
        if (is_parent && depth == 0)
            return false;
        depth = is_parent ? depth - 1 : depth + 1;
        name += size;
    }
    return true;
}
