/* SPDX-License-Identifier: Apache-2.0 */
/* make_hostile_tree DIRECTORY SEED FILES: makes a tree of regular files with any names and sizes, links and FIFOs. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/pattern.h"
#include "support/random.h"

enum { NAME_SIZE = 256, SIZE_MAX_OF_A_FILE = 3 << 20 };

static uint64_t numbers;
static uint8_t *bytes;
static size_t files_left;

/* Bytes that are special to terminals, shells, JSON and UTF-8, and any others. */
static void make_name(char name[NAME_SIZE])
{
    static const char *const pieces[] = {"\n",
                                         "\r",
                                         "\\",
                                         "\"",
                                         "\xff",
                                         "\xc3\xa9",
                                         "e\xcc\x81",
                                         "\x1b[1m",
                                         " ",
                                         "-",
                                         "*",
                                         "#",
                                         "\xed\xa0",
                                         "\xf0\x9f\x98\x80",
                                         "()",
                                         "\t",
                                         "file",
                                         ".iscc",
                                         "a",
                                         "Z",
                                         "\x01",
                                         "\x7f",
                                         "\xe2\x84\xab",
                                         "name",
                                         ".isccx",
                                         "\xc2\x9b"};
    const size_t count = 1 + random_below(&numbers, 6);

    name[0] = '\0';
    for (size_t i = 0; i < count; i++)
        strcat(name, pieces[random_below(&numbers, sizeof pieces / sizeof pieces[0])]);
    /* Names rarely collide; those that do are made once. */
    snprintf(name + strlen(name), 16, "%zx", random_below(&numbers, 1 << 20));
    for (size_t size = strlen(name); random_below(&numbers, 40) == 0 && size < 200; size += 55) {
        memset(name + size, 'x', 55);
        name[size + 55] = '\0';
    }
}

/* Mostly small; some at the limits of chunks, buffers and blocks; a few of several blocks. */
static size_t make_size(void)
{
    static const size_t sizes[] = {0, 1, 255, 256, 257, 640, 8192, 65536, 262143, 262144, 262145, 1048576};

    if (random_below(&numbers, 8) == 0)
        return sizes[random_below(&numbers, sizeof sizes / sizeof sizes[0])];
    return random_below(&numbers, random_below(&numbers, 100) == 0 ? SIZE_MAX_OF_A_FILE : 5000);
}

static int write_file(int directory, const char *name)
{
    const size_t size = make_size();
    const size_t start = random_below(&numbers, SIZE_MAX_OF_A_FILE);

    int descriptor = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (descriptor < 0)
        return errno == EEXIST ? 0 : -1;
    const ssize_t written = write(descriptor, bytes + start, size);
    return close(descriptor) == 0 && written == (ssize_t)size ? 0 : -1;
}

static int make_special(int directory, const char *name)
{
    const int made =
        random_below(&numbers, 2) == 0 ? mkfifoat(directory, name, 0644) : symlinkat("..", directory, name);
    return made == 0 || errno == EEXIST ? 0 : -1;
}

static int fill(int directory, int depth)
{
    char name[NAME_SIZE];
    int failed = 0;

    for (size_t count = random_below(&numbers, 60); count > 0 && files_left > 0 && failed == 0; count--) {
        make_name(name);
        if (random_below(&numbers, 30) == 0) {
            failed = make_special(directory, name);
        } else if (depth < 20 && random_below(&numbers, 12) == 0) {
            if (mkdirat(directory, name, 0755) != 0)
                continue;
            int child = openat(directory, name, O_RDONLY | O_DIRECTORY);
            failed = child < 0 ? -1 : fill(child, depth + 1);
            close(child);
        } else {
            failed = write_file(directory, name);
            files_left--;
        }
    }
    return failed;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    numbers = strtoull(argv[2], NULL, 10);
    files_left = (size_t)strtoull(argv[3], NULL, 10);
    bytes = malloc(2 * (size_t)SIZE_MAX_OF_A_FILE);
    if (bytes == NULL || !pattern_fill("mixed", numbers, bytes, 2 * (size_t)SIZE_MAX_OF_A_FILE))
        return 1;
    int directory = open(argv[1], O_RDONLY | O_DIRECTORY);
    int failed = directory < 0 ? -1 : 0;
    while (failed == 0 && files_left > 0)
        failed = fill(directory, 0);
    if (failed != 0)
        perror(argv[1]);
    free(bytes);
    return failed != 0;
}
