/* SPDX-License-Identifier: Apache-2.0 */
/* One tree at a time. */
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files/directory.h"
#include "files/walk.h"
#include "support/unit.h"

static char root[512];

int tree_make(void **state)
{
    const char *parent = getenv("TMPDIR");
    (void)state;
    if (parent == NULL || *parent == '\0')
        parent = "/tmp";
    if (snprintf(root, sizeof root, "%s/iscc-tree-XXXXXX", parent) >= (int)sizeof root)
        return -1;
    return mkdtemp(root) == NULL ? -1 : 0;
}

/* Uses rm, which can remove trees deeper than PATH_MAX. */
int tree_remove(void **state)
{
    (void)state;
    const pid_t child = fork();
    if (child == 0) {
        execlp("rm", "rm", "-rf", "--", root, (char *)NULL);
        _exit(127);
    }
    int status = -1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 ? 0 : -1;
}

int tree_open(void)
{
    const int descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(descriptor >= 0);
    return descriptor;
}

const char *tree_root(void)
{
    return root;
}

const char *tree_path(const char *relative)
{
    static char path[2048];
    assert_true(snprintf(path, sizeof path, "%s/%s", root, relative) < (int)sizeof path);
    return path;
}

static void make_parents(const char *relative)
{
    char parent[1024];
    for (const char *slash = strchr(relative, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        assert_true((size_t)(slash - relative) < sizeof parent);
        memcpy(parent, relative, (size_t)(slash - relative));
        parent[slash - relative] = '\0';
        assert_true(mkdir(tree_path(parent), 0777) == 0 || errno == EEXIST);
    }
}

void tree_directory(const char *relative)
{
    make_parents(relative);
    assert_int_equal(mkdir(tree_path(relative), 0777), 0);
}

void tree_write(const char *relative, const void *bytes, size_t size)
{
    make_parents(relative);
    FILE *file = fopen(tree_path(relative), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void tree_file(const char *relative, const char *text)
{
    tree_write(relative, text, strlen(text));
}

static void assert_entry(const struct walk_entry *entry, enum walk_event event, const struct found *expected)
{
    if (event == WALK_END)
        fail_msg("the walk ends before %s", expected->path);
    assert_string_equal(entry->path, expected->path);
    assert_int_equal(entry->error, expected->error);
    assert_int_equal(event, expected->error != 0 ? WALK_ERROR : WALK_FILE);
    assert_int_equal(entry->path_size, strlen(entry->path));
    assert_true(entry->name <= entry->path_size);
    assert_true(entry->name == 0 || entry->path[entry->name - 1] == '/');
    assert_null(strchr(entry->path + entry->name, '/'));
    struct stat status;
    if (event == WALK_FILE)
        assert_int_equal(fstatat(directory_descriptor(entry->directory), entry->path + entry->name, &status, 0), 0);
    else
        assert_null(entry->directory);
}

void assert_walk_goes_on(struct walk *walk, const struct found *expected, size_t count, bool is_end)
{
    struct walk_entry entry;
    for (size_t i = 0; i < count; i++) {
        const enum walk_event event = walk_next(walk, &entry);
        assert_entry(&entry, event, &expected[i]);
    }
    if (is_end && walk_next(walk, &entry) != WALK_END)
        fail_msg("the walk goes on with %s", entry.path);
}

void assert_walk(int descriptor, const char *prefix, const struct found *expected, size_t count)
{
    struct walk *walk = walk_start(descriptor, prefix, strlen(prefix), NULL);
    assert_non_null(walk);
    assert_walk_goes_on(walk, expected, count, true);
    walk_free(walk);
    assert_int_equal(fcntl(descriptor, F_GETFD), -1);
}
