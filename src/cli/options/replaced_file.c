/* SPDX-License-Identifier: Apache-2.0 */
/* Compares inputs with the output by the identity of the files. */
#include "options/replaced_file.h"

#include <string.h>
#include <unistd.h>

#include "util/file_identity.h"
#include "util/message.h"

static bool is_dash(const char *path)
{
    return strcmp(path, "-") == 0;
}

struct replaced_file replaced_file_of(const char *path)
{
    struct replaced_file replaced = {.exists = false};

    if (path == NULL || is_dash(path) || stat(path, &replaced.status) != 0 || !S_ISREG(replaced.status.st_mode))
        return replaced;
    const char *slash = strrchr(path, '/');
    replaced.exists = true;
    replaced.is_ignore_file = strcmp(slash == NULL ? path : slash + 1, ".isccignore") == 0;
    return replaced;
}

bool replaced_file_allows(const struct replaced_file *replaced, const char *input, const char *command)
{
    struct stat status;

    if (!replaced->exists || (is_dash(input) ? fstat(STDIN_FILENO, &status) : stat(input, &status)) != 0 ||
        !file_is_same(&status, &replaced->status))
        return true;
    message_usage(command, "the input '%s' is also the file to write", input);
    return false;
}
