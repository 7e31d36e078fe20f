/* SPDX-License-Identifier: Apache-2.0 */
/* Opens the directory in which names are resolved. */
#define _GNU_SOURCE /* O_PATH */
#include "check/list_base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "files/long_path.h"
#include "util/message.h"

/* Resolving names needs search permission only, not read permission. */
#if defined(O_PATH)
#define OPEN_FLAGS (O_PATH | O_DIRECTORY | O_CLOEXEC)
#elif defined(O_SEARCH)
#define OPEN_FLAGS (O_SEARCH | O_DIRECTORY | O_CLOEXEC)
#else
#define OPEN_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)
#endif

bool list_base_is_per_list(const char *value)
{
    return value != NULL && strcmp(value, LIST_BASE_PER_LIST) == 0;
}

/* A message names `subject`. */
static struct directory *open_directory(const char *name, const char *subject)
{
    const int descriptor = long_path_descriptor(NULL, name, OPEN_FLAGS);
    struct directory *directory = NULL;

    if (descriptor < 0)
        message_error(subject, strerror(errno));
    else if ((directory = directory_new(descriptor)) == NULL)
        message_error(subject, strerror(ENOMEM));
    return directory;
}

struct directory *list_base_open(const char *name)
{
    return open_directory(name, name);
}

struct directory *list_base_open_for_list(const char *list)
{
    const char *slash = strrchr(list, '/');
    if (slash == NULL)
        return open_directory(".", list);
    /* Keep the slash, which is the whole name for a list in the root directory. */
    char *folder = strndup(list, (size_t)(slash - list) + 1);
    struct directory *directory = folder == NULL ? NULL : open_directory(folder, list);
    if (folder == NULL)
        message_error(list, strerror(ENOMEM));
    free(folder);
    return directory;
}
