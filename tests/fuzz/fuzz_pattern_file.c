/* SPDX-License-Identifier: Apache-2.0 */
/* A pattern file matches as its text does. The input is a path, a newline and the text of the file. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filter/ignore_file.h"
#include "support/fuzz.h"

static char folder_path[256];
static int folder = -1;

static void remove_folder(void)
{
    unlinkat(folder, "patterns", 0);
    close(folder);
    rmdir(folder_path);
}

static void write_file(const struct fuzz_input *text)
{
    if (folder < 0) {
        const char *parent = getenv("TMPDIR");
        snprintf(folder_path, sizeof folder_path, "%s/iscc-fuzz-XXXXXX", parent != NULL ? parent : "/tmp");
        REQUIRE(mkdtemp(folder_path) != NULL);
        folder = open(folder_path, O_RDONLY | O_DIRECTORY);
        REQUIRE(folder >= 0 && atexit(remove_folder) == 0);
    }
    const int file = openat(folder, "patterns", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    REQUIRE(file >= 0);
    REQUIRE(write(file, text->bytes, text->size) == (ssize_t)text->size);
    close(file);
}

static enum ignore_verdict judge(const struct ignore_list *list, const char *path)
{
    const char *slash = strrchr(path, '/');
    return ignore_match(list, path, slash == NULL ? 0 : (size_t)(slash - path) + 1, false);
}

FUZZ_TARGET(pattern_file)
{
    struct fuzz_input input = {data, size};
    struct ignore_list *from_file = NULL;
    char *path = fuzz_part(&input, '\n', NULL);

    write_file(&input);
    REQUIRE(ignore_file_read(folder, "patterns", &from_file) == 0 && from_file != NULL);
    struct ignore_list *from_text = ignore_parse((const char *)input.bytes, input.size);
    REQUIRE(from_text != NULL && judge(from_file, path) == judge(from_text, path));
    ignore_free(from_file);
    ignore_free(from_text);
    REQUIRE(ignore_file_read(folder, "missing", &from_file) == ENOENT && from_file == NULL);
    free(path);
    return 0;
}
