/* SPDX-License-Identifier: Apache-2.0 */
/* Goes down a long path in pieces, each of them as long as the system takes. */
#include "files/long_path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* PATH_MAX counts the terminating NUL. */
enum { PIECE_MAX = PATH_MAX - 1 };

/* The length of the longest beginning that ends before a slash and is no longer than a piece; 0 where there is none. */
static size_t cut_piece(const char *path)
{
    size_t size = PIECE_MAX;
    while (size > 0 && path[size] != '/')
        size--;
    return size;
}

int long_path_open(struct long_path *long_path, const struct directory *base, const char *path, size_t size)
{
    char piece[PATH_MAX];

    *long_path = (struct long_path){.directory = base == NULL ? AT_FDCWD : directory_descriptor(base), .name = path};
    while (size > PIECE_MAX) {
        const size_t cut = cut_piece(long_path->name);
        memcpy(piece, long_path->name, cut);
        piece[cut] = '\0';
        const int next = cut == 0 ? -1 : openat(long_path->directory, piece, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const int error = cut == 0 ? ENAMETOOLONG : errno;
        long_path_close(long_path);
        if (next < 0)
            return error;
        long_path->directory = next;
        long_path->is_open = true;
        long_path->name += cut;
        size -= cut;
        /* What follows is relative to the directory. */
        for (; size > 0 && *long_path->name == '/'; size--)
            long_path->name++;
        if (size == 0)
            long_path->name = ".";
    }
    return 0;
}

void long_path_close(struct long_path *long_path)
{
    if (long_path->is_open)
        close(long_path->directory);
    long_path->is_open = false;
}
