/* SPDX-License-Identifier: Apache-2.0 */
/* Opens a root and tells whether it is the one that was meant. */
#include "cluster/seen_root.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The clocks of machines may differ by this. */
enum { CLOCK_SECONDS = 60 };

void seen_root_close(struct seen_root *seen)
{
    directory_release(seen->directory);
    seen->directory = NULL;
    seen->is_same = false;
}

void seen_root_open_path(struct seen_root *seen, const char *path, size_t size)
{
    seen_root_close(seen);
    if (size > BATCH_PATH_MAX)
        return;
    memcpy(seen->path, path, size);
    seen->path[size] = '\0';
    seen->path_size = size;
    const int descriptor = open(size > 0 ? seen->path : ".", O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return;
    if (fstat(descriptor, &seen->status) != 0) {
        close(descriptor);
        return;
    }
    seen->directory = directory_new(descriptor);
}

/* Two local disks often have the same inodes, but not the same times. The run itself may write in the directory. */
static bool is_same(const struct stat *status, const struct batch_root *root)
{
    const struct timespec *modified = &status->st_mtim;
    const bool is_unmodified = modified->tv_sec == root->modified.tv_sec && modified->tv_nsec == root->modified.tv_nsec;

    return status->st_ino == root->inode && (is_unmodified || modified->tv_sec >= root->started.tv_sec - CLOCK_SECONDS);
}

void seen_root_open(struct seen_root *seen, const struct batch_root *root)
{
    const bool is_open = seen->directory != NULL && seen->path_size == root->path_size &&
                         memcmp(seen->path, root->path, root->path_size) == 0;

    /* What was opened before may have been modified since, or be another directory now. */
    if (!is_open || !is_same(&seen->status, root))
        seen_root_open_path(seen, root->path, root->path_size);
    seen->is_same = seen->directory != NULL && is_same(&seen->status, root);
}
