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

int place_find(struct place *place, const struct directory *base, const char *path, size_t size)
{
    char piece[PATH_MAX];

    *place = (struct place){.directory = base == NULL ? AT_FDCWD : directory_descriptor(base), .name = path};
    while (size > PIECE_MAX) {
        const size_t cut = cut_piece(place->name);
        memcpy(piece, place->name, cut);
        piece[cut] = '\0';
        const int next = cut == 0 ? -1 : openat(place->directory, piece, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const int error = cut == 0 ? ENAMETOOLONG : errno;
        place_leave(place);
        if (next < 0)
            return error;
        place->directory = next;
        place->is_open = true;
        place->name += cut;
        size -= cut;
        /* What follows is relative to the directory. */
        for (; size > 0 && *place->name == '/'; size--)
            place->name++;
        if (size == 0)
            place->name = ".";
    }
    return 0;
}

void place_leave(struct place *place)
{
    if (place->is_open)
        close(place->directory);
    place->is_open = false;
}
