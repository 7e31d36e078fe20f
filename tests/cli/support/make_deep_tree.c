/* SPDX-License-Identifier: Apache-2.0 */
/* make_deep_tree DIRECTORY DEPTH SIZE: makes nested directories, each named by SIZE letters d, and a file `a` of 256
 * zero bytes in the innermost one. In a shell each step would take time proportional to the depth. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes a directory and opens it. Returns its descriptor, or -1. */
static int descend(int parent, const char *name)
{
    int child = mkdirat(parent, name, 0755) == 0 ? openat(parent, name, O_RDONLY | O_DIRECTORY) : -1;
    close(parent);
    return child;
}

int main(int argc, char **argv)
{
    static const char zeros[256];
    char name[256] = "";

    if (argc != 4 || strtoul(argv[3], NULL, 10) >= sizeof name)
        return 2;
    memset(name, 'd', strtoul(argv[3], NULL, 10));
    int directory = open(argv[1], O_RDONLY | O_DIRECTORY);
    for (unsigned long depth = strtoul(argv[2], NULL, 10); depth > 0 && directory >= 0; depth--)
        directory = descend(directory, name);
    int file = directory < 0 ? -1 : openat(directory, "a", O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (file < 0 || write(file, zeros, sizeof zeros) != sizeof zeros || close(file) != 0) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}
