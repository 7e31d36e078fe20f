/* SPDX-License-Identifier: Apache-2.0 */
/* latfs FOLDER MICROSECONDS MOUNT: shows a folder read-only at another path (FUSE), where each look-up, opening, read
 * and listing takes so many microseconds. libfuse serves up to ten of them at once, as a disk serves its queue. */
#define FUSE_USE_VERSION 31
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse3/fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int source = -1;
static struct timespec latency;

static void delay(void)
{
    clock_nanosleep(CLOCK_MONOTONIC, 0, &latency, NULL);
}

/* A path below the source; FUSE's begin with a slash. */
static const char *path_below(const char *path)
{
    return path[1] == '\0' ? "." : path + 1;
}

static int lat_getattr(const char *path, struct stat *attributes, struct fuse_file_info *file)
{
    (void)file;
    delay();
    return fstatat(source, path_below(path), attributes, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : -errno;
}

static int lat_open(const char *path, struct fuse_file_info *file)
{
    delay();
    const int descriptor = openat(source, path_below(path), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return -errno;
    file->fh = (uint64_t)descriptor;
    return 0;
}

static int lat_read(const char *path, char *bytes, size_t size, off_t offset, struct fuse_file_info *file)
{
    (void)path;
    delay();
    const ssize_t count = pread((int)file->fh, bytes, size, offset);
    return count >= 0 ? (int)count : -errno;
}

static int lat_release(const char *path, struct fuse_file_info *file)
{
    (void)path;
    return close((int)file->fh) == 0 ? 0 : -errno;
}

static int lat_readdir(const char *path, void *names, fuse_fill_dir_t add, off_t offset, struct fuse_file_info *file,
                       enum fuse_readdir_flags flags)
{
    (void)offset, (void)file, (void)flags;
    delay();
    const int descriptor = openat(source, path_below(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (folder == NULL) {
        const int error = errno;
        if (descriptor >= 0)
            close(descriptor);
        return -error;
    }
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const struct stat attributes = {.st_ino = entry->d_ino, .st_mode = (mode_t)DTTOIF(entry->d_type)};
        add(names, entry->d_name, &attributes, 0, 0);
    }
    closedir(folder);
    return 0;
}

/* Attributes stay known for three seconds, as NFS keeps them. */
static void *lat_init(struct fuse_conn_info *connection, struct fuse_config *settings)
{
    (void)connection;
    settings->use_ino = 1;
    settings->entry_timeout = 3;
    settings->attr_timeout = 3;
    return NULL;
}

int main(int argc, char **argv)
{
    static const struct fuse_operations operations = {.init = lat_init,
                                                      .getattr = lat_getattr,
                                                      .open = lat_open,
                                                      .read = lat_read,
                                                      .release = lat_release,
                                                      .readdir = lat_readdir};
    if (argc != 4) {
        fputs("usage: latfs FOLDER MICROSECONDS MOUNT\n", stderr);
        return 2;
    }
    source = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (source < 0) {
        perror(argv[1]);
        return 2;
    }
    const long microseconds = strtol(argv[2], NULL, 10);
    latency = (struct timespec){microseconds / 1000000, microseconds % 1000000 * 1000};
    return fuse_main(2, ((char *[]){argv[0], argv[3], NULL}), &operations, NULL);
}
